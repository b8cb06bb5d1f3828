/**
 * Keeps rows where they are on the screen while heights above them change.
 *
 * WebKit has no scroll anchoring of its own; where an engine has, it is turned off for the list.
 */
export class Anchor {
  #scroller: Element;
  #held: { row: Element; place: number }[] = [];

  constructor(scroller: Element) {
    this.#scroller = scroller;
  }

  hold(rows: readonly Element[]): void {
    this.#held = rows.map((row) => ({ row, place: this.#placeOf(row) }));
  }

  /**
   * Scrolls by as much as the held rows were moved.
   *
   * By what the first two neighbours agree on: one alone may itself have gone to another place, or have grown.
   */
  settle(): void {
    const held = this.#held.filter(({ row }) => row.isConnected);
    // Behind another screen nothing has a place.
    if (held.length === 0 || this.#scroller.clientHeight === 0) return;
    const moves = held.map(({ row, place }) => this.#placeOf(row) - place);
    const agreed = moves.find((move, at) => Math.abs(move - (moves[at + 1] ?? Infinity)) < 1);
    const moved = agreed ?? moves[0] ?? 0;
    if (Math.abs(moved) < 1) return;
    this.#scroller.scrollTop += moved;
    this.hold(held.map(({ row }) => row));
  }

  /** In the list, not on the screen: a scroll that no event told of yet is no move. */
  #placeOf(row: Element): number {
    return row.getBoundingClientRect().top + this.#scroller.scrollTop;
  }
}
