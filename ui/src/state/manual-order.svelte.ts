import * as ipc from '../ipc';
import { Entries } from './entries.svelte';
import type { Range } from './row-layout';

/** A row that is being moved, and the revision of the list in which that began. */
type Lift = { row: ipc.ListRow; from: number; to: number; revision: number };

/** The list in manual order. One row can be lifted and moved; the order is saved when it is put down. */
export class ManualOrder extends Entries {
  #lift = $state.raw<Lift | null>(null);
  #saving = false;

  constructor(group: string | null) {
    super({ sort: 'manual' });
    this.group = group;
  }

  /** The row that is being moved; null as soon as the list has another revision. */
  get lifted(): Lift | null {
    return this.#lift?.revision === this.shown.revision ? this.#lift : null;
  }

  override get arrangement(): unknown {
    return this.lifted;
  }

  /** The row at this place while one is moved: the lifted one at its new place, those between shifted by one. */
  override row(index: number): ipc.ListRow | undefined {
    const lifted = this.lifted;
    if (!lifted) return super.row(index);
    const { row, from, to } = lifted;
    if (index === to) return row;
    if (index >= from && index < to) return super.row(index + 1);
    if (index > to && index <= from) return super.row(index - 1);
    return super.row(index);
  }

  /** One more row on both sides, because rows are shifted by one. */
  override want(ranges: readonly Range[]): void {
    super.want(ranges.map(({ first, last }) => ({ first: Math.max(0, first - 1), last: last + 1 })));
  }

  /** Starts to move a row; a damaged entry cannot be moved. Returns whether the row was lifted. */
  lift(index: number): boolean {
    const row = super.row(index);
    if (!row || row.kind === 'damaged' || this.#saving) return false;
    this.#lift = { row, from: index, to: index, revision: this.shown.revision };
    return true;
  }

  /** Moves it one place up (-1) or down (1). Returns whether it moved. */
  step(by: -1 | 1): boolean {
    return this.moveTo((this.lifted?.to ?? 0) + by);
  }

  /**
   * Moves it to this place, or to the nearest one allowed: favourites stay among favourites, the others behind them. The
   * rows in between need not be loaded. Returns whether it moved.
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

  /** Saves the new place; after a failure the row is where it was. Returns its index; null when nothing was saved. */
  async putDown(): Promise<number | null> {
    const lifted = this.lifted;
    if (!lifted || this.#saving) return null;
    const { row, from, to } = lifted;
    this.#saving = true;
    try {
      if (to !== from) {
        const [above, below] = await this.#neighbours(lifted);
        // Next to a row of the same kind, because favourites have a place in the complete order, too.
        if (above?.favourite === row.favourite) await ipc.moveEntry(row.id, 'after', above.id);
        else if (below) await ipc.moveEntry(row.id, 'before', below.id);
        await this.refresh();
        // The list has changed in the meantime.
        if (!above && !below) return null;
      }
      return to;
    } finally {
      this.#saving = false;
      this.#lift = null;
    }
  }

  /** The rows above and below the lifted one, loaded if necessary. */
  async #neighbours({ from, to }: Lift): Promise<[above: ipc.ListRow | undefined, below: ipc.ListRow | undefined]> {
    // Their indices in the saved order.
    const [above, below] = to > from ? [to, to + 1] : [to - 1, to];
    const isLoaded = (index: number) => index < 0 || index >= this.count || super.row(index) !== undefined;
    if (isLoaded(above) && isLoaded(below)) return [super.row(above), super.row(below)];
    const offset = Math.max(0, above);
    const rows = await this.rowsFrom(offset, 2);
    return [rows[above - offset], rows[below - offset]];
  }
}
