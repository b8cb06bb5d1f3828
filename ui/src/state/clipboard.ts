import { whileAutoLockHeld } from './auto-lock-hold';

type Held = { files: File[]; text: string };

/** What the clipboard holds, as far as the web view may see it: a picture, a text, or neither. The system may ask first. */
export const readClipboard = () => whileAutoLockHeld(read);

async function read(): Promise<Held> {
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
