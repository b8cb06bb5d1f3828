import { SvelteSet } from 'svelte/reactivity';
import type { CommandError, Kind, ListRow } from '../ipc';
import { toCommandError } from '../ipc';
import { codes } from './codes.svelte';
import { haptic } from './haptics';

export const timeBased = (kind: Kind) => kind === 'totp' || kind === 'steam';
export const hasCode = (kind: Kind) => timeBased(kind) || kind === 'hotp';

/** Which row of the list is expanded: one at a time, for a limited time. */
class ExpandedRow {
  id = $state<string | null>(null);
  problem = $state.raw<CommandError | null>(null);
  /** The user touched its key, and the core has not answered yet. */
  #pending: string | null = null;
  /** Rows that the user collapsed while all codes are shown. */
  #collapsed = new SvelteSet<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  isExpanded(row: ListRow, showAll: boolean): boolean {
    if (showAll && timeBased(row.kind)) return !this.#collapsed.has(row.id);
    return this.id === row.id;
  }

  /** Expands the row and collapses the other one, or collapses it if it is expanded already. */
  async toggle(row: ListRow, showAll: boolean, forSeconds: number): Promise<void> {
    haptic('key');
    if (showAll && timeBased(row.kind)) {
      if (!this.#collapsed.delete(row.id)) this.#collapsed.add(row.id);
      return;
    }
    const again = this.id === row.id || this.#pending === row.id;
    if (again) return this.close();
    // Both rows change in one update of the page, when the code has arrived.
    if (this.#pending !== null) codes.hide(this.#pending);
    this.#pending = row.id;
    const problem = hasCode(row.kind) ? await problemOf(codes.reveal(row.id)) : null;
    if (this.#pending !== row.id) return;
    this.#pending = null;
    this.close();
    this.id = row.id;
    this.problem = problem;
    this.#closeAfter(forSeconds);
  }

  /** HOTP: saves the counter, then shows its code, and restarts the time after which the row collapses. */
  async advance(id: string, forSeconds: number): Promise<void> {
    this.#closeAfter(forSeconds);
    this.problem = null;
    const problem = await problemOf(codes.advance(id));
    if (this.id === id) this.problem = problem;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const id of [this.id, this.#pending]) if (id !== null) codes.hide(id);
    this.id = this.#pending = null;
    this.problem = null;
  }

  clear(): void {
    this.close();
    this.#collapsed.clear();
  }

  #closeAfter(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), seconds * 1000);
  }
}

const problemOf = (work: Promise<void>) => work.then(() => null, toCommandError);

export const expandedRow = new ExpandedRow();
