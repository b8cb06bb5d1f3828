import { whileAutoLockHeld } from './auto-lock-hold';

type Content = { files: File[]; text: string };

/** Reads pictures and text from the clipboard, as far as the web view may. The system may ask the user first. */
export const readClipboard = () => whileAutoLockHeld(read);

async function read(): Promise<Content> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard?.read) {
    const items = await clipboard.read();
    const files: File[] = [];
    let text = '';
    for (const item of items) {
      const picture = item.types.find((type) => type.startsWith('image/'));
      if (picture) files.push(new File([await item.getType(picture)], '', { type: picture }));
      else if (item.types.includes('text/plain')) text = await (await item.getType('text/plain')).text();
    }
    return { files, text };
  }
  if (!clipboard?.readText) throw new Error('no clipboard');
  return { files: [], text: await clipboard.readText() };
}
