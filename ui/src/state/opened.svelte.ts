import { SvelteSet } from 'svelte/reactivity';
import type { CommandError, Kind, Row } from '../ipc';
import { toCommandError } from '../ipc';
import { codes } from './codes.svelte';
import { feel } from './phone';

export const timeBased = (kind: Kind) => kind === 'totp' || kind === 'steam';
export const hasCode = (kind: Kind) => timeBased(kind) || kind === 'hotp';

/** Which row of the list is open: one at a time, for a while. */
class Opened {
  id = $state<string | null>(null);
  problem = $state.raw<CommandError | null>(null);
  /** Its key was touched, and its code is being asked for. */
  #coming: string | null = null;
  /** Closed by hand while all codes are shown. */
  #shut = new SvelteSet<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  isOpen(row: Row, showAll: boolean): boolean {
    if (showAll && timeBased(row.kind)) return !this.#shut.has(row.id);
    return this.id === row.id;
  }

  /** Touching a key opens its row and closes the other; touching it again closes it. */
  async toggle(row: Row, showAll: boolean, forSeconds: number): Promise<void> {
    feel('key');
    if (showAll && timeBased(row.kind)) {
      if (!this.#shut.delete(row.id)) this.#shut.add(row.id);
      return;
    }
    const again = this.id === row.id || this.#coming === row.id;
    if (again) return this.close();
    // The other row closes and this one opens, with its code, in one change of the page.
    if (this.#coming !== null) codes.close(this.#coming);
    this.#coming = row.id;
    const problem = hasCode(row.kind) ? await problemOf(codes.open(row.id)) : null;
    if (this.#coming !== row.id) return;
    this.#coming = null;
    this.close();
    this.id = row.id;
    this.problem = problem;
    this.#stayFor(forSeconds);
  }

  /** HOTP: the counter is saved before the code is shown; the row stays open afresh. */
  async advance(id: string, forSeconds: number): Promise<void> {
    this.#stayFor(forSeconds);
    this.problem = null;
    const problem = await problemOf(codes.advance(id));
    if (this.id === id) this.problem = problem;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const id of [this.id, this.#coming]) if (id !== null) codes.close(id);
    this.id = this.#coming = null;
    this.problem = null;
  }

  clear(): void {
    this.close();
    this.#shut.clear();
  }

  #stayFor(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), seconds * 1000);
  }
}

const problemOf = (work: Promise<void>) => work.then(() => null, toCommandError);

export const opened = new Opened();
