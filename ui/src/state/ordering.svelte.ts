import * as ipc from '../ipc';
import { Entries } from './entries.svelte';
import type { Range } from './windowing';

/** A row that is on its way, and the revision of the list in which it left. */
type Lift = { row: ipc.Row; from: number; to: number; revision: number };

/** The manual order, one row of which can be on its way to another place. It is saved when the row is put down. */
export class Ordering extends Entries {
  #lift = $state.raw<Lift | null>(null);
  #saving = false;

  constructor(group: string | null) {
    super({ sort: 'manual' });
    this.group = group;
  }

  /** None once the list is another: what was put down is where it belongs, and what was changed elsewhere goes first. */
  get lifted(): Lift | null {
    return this.#lift?.revision === this.shown.revision ? this.#lift : null;
  }

  override get arrangement(): unknown {
    return this.lifted;
  }

  /** The row as it stands now, the lifted one in its new place and those between moved up. */
  override row(index: number): ipc.Row | undefined {
    const lifted = this.lifted;
    if (!lifted) return super.row(index);
    const { row, from, to } = lifted;
    if (index === to) return row;
    if (index >= from && index < to) return super.row(index + 1);
    if (index > to && index <= from) return super.row(index - 1);
    return super.row(index);
  }

  /** A neighbour more: rows stand one place aside. */
  override want(ranges: readonly Range[]): void {
    super.want(ranges.map(({ first, last }) => ({ first: Math.max(0, first - 1), last: last + 1 })));
  }

  lift(index: number): boolean {
    const row = super.row(index);
    if (!row || this.#saving) return false;
    this.#lift = { row, from: index, to: index, revision: this.shown.revision };
    return true;
  }

  /** One place up (-1) or down (1); not past a favourite, nor past what is not known yet. Answers whether it went. */
  step(by: -1 | 1): boolean {
    const lifted = this.lifted;
    if (!lifted || this.#saving) return false;
    const next = this.row(lifted.to + by);
    if (next?.favourite !== lifted.row.favourite) return false;
    this.#lift = { ...lifted, to: lifted.to + by };
    return true;
  }

  takeBack(): void {
    if (!this.#saving) this.#lift = null;
  }

  /** Saves where the row is; where that fails it is back where it was. Answers its place, from 0. */
  async putDown(): Promise<number | null> {
    const lifted = this.lifted;
    if (!lifted || this.#saving) return null;
    const { row, from, to } = lifted;
    const [above, below] = [this.row(to - 1), this.row(to + 1)];
    this.#saving = true;
    try {
      if (to !== from) {
        // Beside one of its own kind: favourites have a place in the whole order, too.
        if (above?.favourite === row.favourite) await ipc.moveEntry(row.id, 'after', above.id);
        else if (below) await ipc.moveEntry(row.id, 'before', below.id);
        await this.refresh();
      }
      return to;
    } finally {
      this.#saving = false;
      this.#lift = null;
    }
  }
}
