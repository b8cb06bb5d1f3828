import type { Page } from '@playwright/test';

type Content = { text?: string; png?: Buffer | readonly Buffer[] };

/** Pastes or drops a text, or pictures without a name, as the system does it. */
export async function pasteOrDrop(page: Page, how: 'paste' | 'drop', { text, png }: Content): Promise<void> {
  // A screen above the list receives it, and may still be loading.
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
