import * as ipc from '../ipc';
import { codeView, hold, type CodeView, type Held } from './code';

const TICK_MS = 250;

/**
 * The codes on the screen, and only those: what leaves the screen leaves this map.
 *
 * A code is here because its row was opened, or because all codes are shown and its row is in sight.
 */
class Codes {
  #held = $state.raw<ReadonlyMap<string, Held>>(new Map());
  #now = $state(Date.now());
  #opened = new Set<string>();
  #inSight = new Set<string>();
  #asking = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Whether any code is on the screen. */
  get any(): boolean {
    return this.#held.size > 0;
  }

  /** What to show for this entry now; none while nothing is revealed. */
  view(id: string): CodeView | null {
    const held = this.#held.get(id);
    return held ? codeView(held, this.#now) : null;
  }

  /** Reveals one code. Rejects as `reveal` does. */
  async open(id: string): Promise<void> {
    this.#opened.add(id);
    this.#take([await ipc.reveal(id)]);
  }

  /** Saves the next counter, then shows its code. */
  async advance(id: string): Promise<void> {
    this.#opened.add(id);
    this.#take([await ipc.advanceCounter(id)]);
  }

  /** Takes one code off the screen, unless all codes are shown. */
  close(id: string): void {
    this.#opened.delete(id);
    this.#drop();
  }

  /** All codes are shown: these rows are in sight. */
  async sight(ids: string[]): Promise<void> {
    this.#inSight = new Set(ids);
    this.#drop();
    await this.#ask(ids.filter((id) => !this.#held.has(id)));
  }

  clear(): void {
    this.#opened.clear();
    this.#inSight.clear();
    this.#drop();
  }

  #wanted = (id: string) => this.#opened.has(id) || this.#inSight.has(id);

  #take(answers: ipc.Revealed[]): void {
    const now = Date.now();
    const held = new Map(this.#held);
    for (const revealed of answers) {
      if (this.#wanted(revealed.id)) held.set(revealed.id, hold(revealed, now));
    }
    this.#now = now;
    this.#set(held);
  }

  #drop(): void {
    const left = [...this.#held].filter(([id]) => this.#wanted(id));
    if (left.length < this.#held.size) this.#set(new Map(left));
  }

  #set(held: ReadonlyMap<string, Held>): void {
    this.#held = held;
    if (held.size > 0) this.#timer ??= setInterval(() => this.tick(), TICK_MS);
    else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  /** Moves on the clock, and asks the core where a window has ended. */
  tick(): void {
    this.#now = Date.now();
    const stale = [...this.#held].filter(([, held]) => codeView(held, this.#now).stale);
    void this.#ask(stale.map(([id]) => id));
  }

  async #ask(ids: string[]): Promise<void> {
    const due = ids.filter((id) => !this.#asking.has(id)).slice(0, ipc.MAX_ROWS);
    for (const id of due) this.#asking.add(id);
    const opened = due.filter((id) => this.#opened.has(id));
    const inSight = due.filter((id) => !this.#opened.has(id));
    try {
      for (const id of opened) this.#take([await ipc.reveal(id)]);
      if (inSight.length > 0) this.#take(await ipc.revealVisible(inSight));
    } catch {
      // What cannot be asked again is not shown as good: it stays without a code.
    } finally {
      for (const id of due) this.#asking.delete(id);
    }
  }
}

export const codes = new Codes();
