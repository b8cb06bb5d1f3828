import { untrack } from 'svelte';
import * as ipc from '../ipc';
import { drafts } from './drafts.svelte';
import { nav, type Screen } from './navigation.svelte';
import { runAction, showError } from './run-action';
import { session } from './session.svelte';

/** Screens whose unfinished input would be lost. */
const BUSY: readonly Screen['name'][] = [
  'pasteLink',
  'scanner',
  'reviewImport',
  'confirmEntry',
  'manualEntry',
  'edit',
  'setCredential',
  'kdfCost',
  'newRecoveryWords',
];

/** What another app shares with this one: read by the core, then shown when the user has nothing unfinished. */
class SharedIn {
  /** Read already, but not shown yet. */
  #read = $state.raw<ipc.ScanResult | null>(null);
  #taking = $state(false);

  /** The user has to finish or leave something first: a form, a question, a transfer. */
  get mustWait(): boolean {
    const asked = nav.depth > nav.stack.length;
    const begun = drafts.list.length > 0 || drafts.batches.length > 0;
    return asked || begun || nav.stack.some(({ name }) => BUSY.includes(name));
  }

  /** Run this in an effect: it runs again at every status, because more may be shared while some is read. */
  showWhenIdle(): void {
    if (this.#taking || this.mustWait) return;
    const read = this.#read;
    if (read) untrack(() => this.#show(read));
    else if (session.status?.sharedWaiting === true) untrack(() => void this.#take());
  }

  /** After a lock: the core keeps what it read. */
  clear(): void {
    this.#read = null;
  }

  #take(): Promise<void> {
    this.#taking = true;
    return runAction(async () => {
      this.#read = await ipc.takeShared().finally(() => void session.refresh());
    }).finally(() => (this.#taking = false));
  }

  /** Shows it like a scan: nothing is saved unless the user confirms. */
  #show(answer: ipc.ScanResult): void {
    this.#read = null;
    if (answer.drafts.length === 0) return answer.errors.forEach(showError);
    nav.home();
    drafts.take(answer);
  }
}

export const sharedIn = new SharedIn();
