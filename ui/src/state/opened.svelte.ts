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
    const again = this.id === row.id;
    this.close();
    if (again) return;
    this.id = row.id;
    this.#stayFor(forSeconds);
    if (!hasCode(row.kind)) return;
    await this.#try(row.id, () => codes.open(row.id));
  }

  /** HOTP: the counter is saved before the code is shown; the row stays open afresh. */
  async advance(id: string, forSeconds: number): Promise<void> {
    this.#stayFor(forSeconds);
    await this.#try(id, () => codes.advance(id));
  }

  close(): void {
    clearTimeout(this.#timer);
    if (this.id !== null) codes.close(this.id);
    this.id = null;
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

  async #try(id: string, work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      if (this.id === id) this.problem = toCommandError(error);
    }
  }
}

export const opened = new Opened();
