/**
 * Keeps rows at their place on the screen while heights above them change.
 *
 * WebKit has no scroll anchoring; in other engines it is turned off for the list.
 */
export class ScrollAnchor {
  #scroller: Element;
  #anchored: { row: Element; top: number }[] = [];

  constructor(scroller: Element) {
    this.#scroller = scroller;
  }

  remember(rows: readonly Element[]): void {
    this.#anchored = rows.map((row) => ({ row, top: this.#topOf(row) }));
  }

  /**
   * Scrolls by the distance that the anchored rows have moved.
   *
   * It takes the distance on which two neighbours agree: a single row may have moved in the list, or have grown.
   */
  restore(): void {
    const anchored = this.#anchored.filter(({ row }) => row.isConnected);
    // Behind another screen the list has no layout.
    if (anchored.length === 0 || this.#scroller.clientHeight === 0) return;
    const moves = anchored.map(({ row, top }) => this.#topOf(row) - top);
    const agreed = moves.find((move, at) => Math.abs(move - (moves[at + 1] ?? Infinity)) < 1);
    const moved = agreed ?? moves[0] ?? 0;
    if (Math.abs(moved) < 1) return;
    this.#scroller.scrollTop += moved;
    this.remember(anchored.map(({ row }) => row));
  }

  /** In the list, not on the screen, so that a scroll whose event is still to come counts as no movement. */
  #topOf(row: Element): number {
    return row.getBoundingClientRect().top + this.#scroller.scrollTop;
  }
}
