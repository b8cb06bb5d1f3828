import { readPictureFile } from '../camera/picture';
import { readText, toCommandError, type ScanAnswer } from '../ipc';
import { drafts } from './drafts.svelte';
import { nav } from './navigation.svelte';
import { pastedKey } from './pasted-key';
import { session } from './session.svelte';
import { Task } from './task.svelte';

/** Reading a picture or a text that the person gave, from any screen that offers it. */
export class Adding {
  task = new Task();

  /** One for each screen: what was refused on another is not said here. */
  constructor() {
    this.#forget();
  }

  picture(file: Blob): Promise<void> {
    return this.#read(() => readPictureFile(file, session.status?.frameEncoding ?? 'raw'));
  }

  /** A bare secret key goes on to the screen where it can be named. */
  text(text: string): Promise<void> {
    return this.#read(async () => {
      try {
        return await readText(text.trim());
      } catch (error) {
        if (toCommandError(error).code !== 'bareSecret') throw error;
        pastedKey.give(text.trim());
        nav.push({ name: 'byHand' });
        return { drafts: [], refused: [], series: [] };
      }
    });
  }

  /** The first picture among them, or else the text. Answers whether there was either. */
  anything(files: Iterable<File>, text: string): boolean {
    const [file] = files;
    if (file) void this.picture(file);
    else if (text.trim() !== '') void this.text(text);
    else return false;
    return true;
  }

  /** What was said of the last reading is not said of the next, unless both are of one series. */
  #forget(): void {
    if (drafts.series.length === 0) drafts.refused = [];
  }

  #read(work: () => Promise<ScanAnswer>): Promise<void> {
    return this.task.run(async () => {
      this.#forget();
      drafts.take(await work());
    });
  }
}
