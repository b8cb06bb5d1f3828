import { untrack } from 'svelte';
import * as ipc from '../ipc';
import { drafts } from './drafts.svelte';
import { nav, type Screen } from './navigation.svelte';
import { runAction, showError } from './run-action';
import { session } from './session.svelte';

/** What is being filled in or read there would be lost. */
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

/** What another app hands over: read by the core, then shown when nothing is in its way. */
class Handover {
  /** Read, while something else was begun. */
  #read = $state.raw<ipc.ScanAnswer | null>(null);
  #taking = $state(false);

  /** What is on the screen has to be finished or left first: what is typed there, a question, a transfer. */
  get mustWait(): boolean {
    const asked = nav.depth > nav.stack.length;
    const begun = drafts.list.length > 0 || drafts.series.length > 0;
    return asked || begun || nav.stack.some(({ name }) => BUSY.includes(name));
  }

  /** To be run in an effect, which then runs at every answer of the core: more may come while some is read. */
  follow(): void {
    if (this.#taking || this.mustWait) return;
    const read = this.#read;
    if (read) untrack(() => this.#show(read));
    else if (session.status?.handedOver === true) untrack(() => void this.#take());
  }

  /** Locked: the core holds what it read. */
  clear(): void {
    this.#read = null;
  }

  #take(): Promise<void> {
    this.#taking = true;
    return runAction(async () => {
      this.#read = await ipc.takeHandedOver().finally(() => void session.refresh());
    }).finally(() => (this.#taking = false));
  }

  /** As if it had been scanned: it is shown, and saved only if that is wanted. */
  #show(answer: ipc.ScanAnswer): void {
    this.#read = null;
    if (answer.drafts.length === 0) return answer.refused.forEach(showError);
    nav.home();
    drafts.take(answer);
  }
}

export const handover = new Handover();
