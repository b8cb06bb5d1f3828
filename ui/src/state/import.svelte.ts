import { readPictureFile } from '../camera/picture';
import { importText, toCommandError, type ScanResult } from '../ipc';
import { drafts, withoutParts } from './drafts.svelte';
import { nav } from './navigation.svelte';
import { pastedKey } from './pasted-key';
import { session } from './session.svelte';
import { Task } from './task.svelte';

/** Reads pictures and texts that the user provides, on any screen that offers this. */
export class Importer {
  task = new Task();

  /** Create one for each screen, so that it does not show errors of another one. */
  constructor() {
    this.#clearErrors();
  }

  picture(file: Blob): Promise<void> {
    return this.#read(() => readPictureFile(file, session.status?.frameEncoding ?? 'raw'));
  }

  /** A bare secret key opens manual entry, where the user names it. */
  text(text: string): Promise<void> {
    return this.#read(async () => {
      try {
        return await importText(text.trim());
      } catch (error) {
        if (toCommandError(error).code !== 'bareSecret') throw error;
        pastedKey.put(text.trim());
        nav.push({ name: 'manualEntry' });
        return { drafts: [], errors: [], batches: [] };
      }
    });
  }

  /** Reads the pictures, or the text if there are none. Returns whether there was either. */
  readAny(files: Iterable<File>, text: string): boolean {
    const pictures = [...files];
    if (pictures.length > 1) void this.#readPictures(pictures);
    else if (pictures[0]) void this.picture(pictures[0]);
    else if (text.trim() !== '') void this.text(text);
    else return false;
    return true;
  }

  /** Reads one picture after the other; one that fails adds its error to the result of the others. */
  #readPictures(files: readonly Blob[]): Promise<void> {
    return this.#read(async () => {
      const all: ScanResult = { drafts: [], errors: [], batches: [] };
      for (const file of files) {
        const answer = await readPictureFile(file, session.status?.frameEncoding ?? 'raw').catch((error: unknown) => ({
          drafts: [],
          errors: [toCommandError(error)],
          batches: [],
        }));
        all.drafts.push(...answer.drafts);
        all.errors = [...withoutParts(all.errors), ...answer.errors];
        if (answer.batches.length > 0) all.batches = answer.batches;
      }
      return all;
    });
  }

  /** Clears old import errors, unless a multi-part transfer is in progress. */
  #clearErrors(): void {
    if (drafts.batches.length === 0) drafts.errors = [];
  }

  #read(work: () => Promise<ScanResult>): Promise<void> {
    return this.task.run(async () => {
      this.#clearErrors();
      drafts.take(await work());
    });
  }
}
