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

  /** A damaged entry cannot be moved. Answers whether the row was lifted. */
  lift(index: number): boolean {
    const row = super.row(index);
    if (!row || row.kind === 'damaged' || this.#saving) return false;
    this.#lift = { row, from: index, to: index, revision: this.shown.revision };
    return true;
  }

  /** One place up (-1) or down (1). Answers whether it went. */
  step(by: -1 | 1): boolean {
    return this.moveTo((this.lifted?.to ?? 0) + by);
  }

  /**
   * To this place, or to the nearest that it may take: favourites are among favourites, the others behind them. The
   * rows in between need not be here. Answers whether it went.
   */
  moveTo(index: number): boolean {
    const lifted = this.lifted;
    if (!lifted || this.#saving) return false;
    const { favourites, count } = this.shown;
    const [first, last] = lifted.row.favourite ? [0, favourites - 1] : [favourites, count - 1];
    const to = Math.max(first, Math.min(last, index));
    if (to === lifted.to) return false;
    this.#lift = { ...lifted, to };
    return true;
  }

  takeBack(): void {
    if (!this.#saving) this.#lift = null;
  }

  /** Saves where the row is; where that fails it is back where it was. Answers its place, from 0; none where nothing was saved. */
  async putDown(): Promise<number | null> {
    const lifted = this.lifted;
    if (!lifted || this.#saving) return null;
    const { row, from, to } = lifted;
    this.#saving = true;
    try {
      if (to !== from) {
        const [above, below] = await this.#neighbours(lifted);
        // Beside one of its own kind: favourites have a place in the whole order, too.
        if (above?.favourite === row.favourite) await ipc.moveEntry(row.id, 'after', above.id);
        else if (below) await ipc.moveEntry(row.id, 'before', below.id);
        await this.refresh();
        // The list has changed meanwhile.
        if (!above && !below) return null;
      }
      return to;
    } finally {
      this.#saving = false;
      this.#lift = null;
    }
  }

  /** The rows above and below the lifted one; those whose page is not here are asked for. */
  async #neighbours({ from, to }: Lift): Promise<[above: ipc.Row | undefined, below: ipc.Row | undefined]> {
    // Where they stand as long as nothing is saved.
    const [above, below] = to > from ? [to, to + 1] : [to - 1, to];
    const known = (index: number) => index < 0 || index >= this.count || super.row(index) !== undefined;
    if (known(above) && known(below)) return [super.row(above), super.row(below)];
    const offset = Math.max(0, above);
    const rows = await this.rowsFrom(offset, 2);
    return [rows[above - offset], rows[below - offset]];
  }
}
