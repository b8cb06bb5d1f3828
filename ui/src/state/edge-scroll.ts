/** Within this distance of an edge the list scrolls, faster the closer. */
const EDGE_PX = 88;
/** The initial speed at the edge itself. */
const SPEED_PX_PER_S = 840;
/** The speed doubles in this time: a long list is crossed in seconds, and a short distance is not overshot. */
const DOUBLES_EVERY_MS = 700;
/** A longer pause of the page counts as this: the user saw nothing move in it. */
const LONGEST_STEP_MS = 1000;

/** The distance scrolled after this time at the edge: the integral of a speed that doubles regularly. */
function distance(ms: number): number {
  const scale = (SPEED_PX_PER_S / 1000) * (DOUBLES_EVERY_MS / Math.LN2);
  return scale * (2 ** (ms / DOUBLES_EVERY_MS) - 1);
}

/** How close a height is to an edge: -1 at the upper edge or above, 1 at the lower one or below, 0 between them. */
export function edgeAt(y: number, { top, bottom }: { top: number; bottom: number }): number {
  const beyond = Math.max(0, y - (bottom - EDGE_PX)) + Math.min(0, y - (top + EDGE_PX));
  return Math.max(-1, Math.min(1, beyond / EDGE_PX));
}

/** Scrolling while a pointer stays at an edge. The distance depends on the time, not on the frame rate. */
export class EdgeScroll {
  #side = 0;
  #atEdgeMs = 0;
  #at = 0;

  /** The pixels to scroll since the last call, for a pointer at `edge` (see `edgeAt`). */
  step(edge: number, nowMs: number): number {
    const since = Math.min(nowMs - this.#at, LONGEST_STEP_MS);
    this.#at = nowMs;
    const side = Math.sign(edge);
    if (side !== this.#side) {
      this.#side = side;
      this.#atEdgeMs = 0;
      return 0;
    }
    if (side === 0) return 0;
    const before = this.#atEdgeMs;
    this.#atEdgeMs += since;
    return edge * (distance(this.#atEdgeMs) - distance(before));
  }
}
