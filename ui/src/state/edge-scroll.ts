/** So near to an edge the list scrolls, the faster the nearer. */
const EDGE_PX = 88;
/** At the edge itself, in the first moment. */
const SPEED_PX_PER_S = 840;
/** The longer a finger rests there the faster it goes: a long list is crossed in seconds, a short way is not overshot. */
const DOUBLES_EVERY_MS = 700;
/** A longer stop of the page is no time in which the list could be seen to move. */
const LONGEST_STEP_MS = 1000;

/** How far the list has gone after this time at the edge: the integral of a speed that doubles again and again. */
function distance(ms: number): number {
  const scale = (SPEED_PX_PER_S / 1000) * (DOUBLES_EVERY_MS / Math.LN2);
  return scale * (2 ** (ms / DOUBLES_EVERY_MS) - 1);
}

/** Where a height lies: -1 at the upper edge or above, 1 at the lower one or below, 0 between them. */
export function edgeAt(y: number, { top, bottom }: { top: number; bottom: number }): number {
  const beyond = Math.max(0, y - (bottom - EDGE_PX)) + Math.min(0, y - (top + EDGE_PX));
  return Math.max(-1, Math.min(1, beyond / EDGE_PX));
}

/** Scrolling while a finger rests at an edge. How far depends on the time alone, not on how often it is asked. */
export class EdgeScroll {
  #side = 0;
  #heldMs = 0;
  #at = 0;

  /** The pixels to scroll by since the last call, for a finger that is at `edge` (see `edgeAt`) now. */
  step(edge: number, nowMs: number): number {
    const since = Math.min(nowMs - this.#at, LONGEST_STEP_MS);
    this.#at = nowMs;
    const side = Math.sign(edge);
    if (side !== this.#side) {
      this.#side = side;
      this.#heldMs = 0;
      return 0;
    }
    if (side === 0) return 0;
    const before = this.#heldMs;
    this.#heldMs += since;
    return edge * (distance(this.#heldMs) - distance(before));
  }
}
