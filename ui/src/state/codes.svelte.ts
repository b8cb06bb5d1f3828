import * as ipc from '../ipc';
import { codeView, received, type CodeView, type ReceivedCode } from './code-view';

const TICK_MS = 250;

/**
 * The codes on the screen. A code that leaves the screen is removed at once.
 *
 * A code is wanted because the user requested it, or because all codes are shown and its row is visible.
 */
class Codes {
  #received = $state.raw<ReadonlyMap<string, ReceivedCode>>(new Map());
  #now = $state(Date.now());
  #requested = new Set<string>();
  #visible = new Set<string>();
  #asking = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Whether any code is on the screen. */
  get any(): boolean {
    return this.#received.size > 0;
  }

  /** What to show for this entry now; null while it has no code here. */
  view(id: string): CodeView | null {
    const received = this.#received.get(id);
    return received ? codeView(received, this.#now) : null;
  }

  /** Gets and shows one code. Rejects as the command `reveal` does. */
  async reveal(id: string): Promise<void> {
    this.#requested.add(id);
    this.#add([await ipc.reveal(id)]);
  }

  /** Saves the next counter, then shows its code. */
  async advance(id: string): Promise<void> {
    this.#requested.add(id);
    this.#add([await ipc.advanceCounter(id)]);
  }

  /** Removes one code, unless all codes are shown and its row is visible. */
  hide(id: string): void {
    this.#requested.delete(id);
    this.#removeUnwanted();
  }

  /** Call while all codes are shown, with the ids of the visible rows. */
  async showVisible(ids: string[]): Promise<void> {
    this.#visible = new Set(ids);
    this.#removeUnwanted();
    await this.#ask(ids.filter((id) => !this.#received.has(id)));
  }

  clear(): void {
    this.#requested.clear();
    this.#visible.clear();
    this.#removeUnwanted();
  }

  #wanted = (id: string) => this.#requested.has(id) || this.#visible.has(id);

  #add(answers: ipc.RevealedCode[]): void {
    const now = Date.now();
    const codes = new Map(this.#received);
    for (const revealed of answers) {
      if (this.#wanted(revealed.id)) codes.set(revealed.id, received(revealed, now));
    }
    this.#now = now;
    this.#set(codes);
  }

  #removeUnwanted(): void {
    const left = [...this.#received].filter(([id]) => this.#wanted(id));
    if (left.length < this.#received.size) this.#set(new Map(left));
  }

  #set(received: ReadonlyMap<string, ReceivedCode>): void {
    this.#received = received;
    if (received.size > 0) this.#timer ??= setInterval(() => this.tick(), TICK_MS);
    else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  /** Advances the clock, and asks the core again for codes whose period has ended. */
  tick(): void {
    this.#now = Date.now();
    const stale = [...this.#received].filter(([, received]) => codeView(received, this.#now).stale);
    void this.#ask(stale.map(([id]) => id));
  }

  async #ask(ids: string[]): Promise<void> {
    const due = ids.filter((id) => !this.#asking.has(id)).slice(0, ipc.MAX_ROWS);
    for (const id of due) this.#asking.add(id);
    const requested = due.filter((id) => this.#requested.has(id));
    const visible = due.filter((id) => !this.#requested.has(id));
    try {
      for (const id of requested) this.#add([await ipc.reveal(id)]);
      if (visible.length > 0) this.#add(await ipc.revealVisible(visible));
    } catch {
      // The row stays without a code: an old one must not be shown as valid.
    } finally {
      for (const id of due) this.#asking.delete(id);
    }
  }
}

export const codes = new Codes();
