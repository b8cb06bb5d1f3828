import type { Page } from '@playwright/test';

type Given = { text?: string; png?: Buffer | readonly Buffer[] };

/** A paste or a drop on the page, as the system would bring it: a text, or pictures without a name. */
export async function give(page: Page, how: 'paste' | 'drop', { text, png }: Given): Promise<void> {
  // What takes it is a screen above the list, which is there a moment after the touch that asks for it.
  await page.locator('main.screen').first().waitFor();
  const given = { how, text, pictures: [png ?? []].flat().map((picture) => picture.toString('base64')) };
  await page.evaluate(({ how, text, pictures }) => {
    const data = new DataTransfer();
    if (text !== undefined) data.setData('text/plain', text);
    for (const picture of pictures) {
      const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    }
    const common = { bubbles: true, cancelable: true };
    document.body.dispatchEvent(
      how === 'paste'
        ? new ClipboardEvent('paste', { ...common, clipboardData: data })
        : new DragEvent('drop', { ...common, dataTransfer: data }),
    );
  }, given);
}
