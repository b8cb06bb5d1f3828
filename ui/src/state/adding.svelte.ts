import { readPictureFile } from '../camera/picture';
import { readText, toCommandError, type ScanAnswer } from '../ipc';
import { drafts, withoutParts } from './drafts.svelte';
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
        nav.push({ name: 'manualEntry' });
        return { drafts: [], refused: [], series: [] };
      }
    });
  }

  /** Each picture among them, or else the text. Answers whether there was either. */
  anything(files: Iterable<File>, text: string): boolean {
    const pictures = [...files];
    if (pictures.length > 1) void this.#pictures(pictures);
    else if (pictures[0]) void this.picture(pictures[0]);
    else if (text.trim() !== '') void this.text(text);
    else return false;
    return true;
  }

  /** One after the other; why one is refused is said beside what was read of the others. */
  #pictures(files: readonly Blob[]): Promise<void> {
    return this.#read(async () => {
      const all: ScanAnswer = { drafts: [], refused: [], series: [] };
      for (const file of files) {
        const answer = await readPictureFile(file, session.status?.frameEncoding ?? 'raw').catch((error: unknown) => ({
          drafts: [],
          refused: [toCommandError(error)],
          series: [],
        }));
        all.drafts.push(...answer.drafts);
        all.refused = [...withoutParts(all.refused), ...answer.refused];
        if (answer.series.length > 0) all.series = answer.series;
      }
      return all;
    });
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
