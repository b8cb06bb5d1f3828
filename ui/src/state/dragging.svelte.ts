import { flushSync } from 'svelte';
import type { Ordering } from './ordering.svelte';

/** A touch that goes no further is a touch on the handle. */
const SLOP_PX = 6;
/** So near to an edge the list scrolls, the faster the nearer. */
const EDGE_PX = 88;
const FASTEST_PX = 14;

type Pointer = {
  id: number;
  index: number;
  startY: number;
  y: number;
  /** From the top of the row to the finger. */
  grip: number;
};

/** A row that is drawn by its handle: it follows the finger, and the others make room. */
export class Dragging {
  /** How far the row is from its place, in pixels; none while nothing is drawn. */
  offset = $state<number | null>(null);
  #ordering: Ordering;
  #pointer: Pointer | null = null;
  #list: HTMLElement | undefined;
  #ended = 0;

  constructor(ordering: Ordering) {
    this.#ordering = ordering;
  }

  /** The click that follows a drawing means nothing. */
  get justEnded(): boolean {
    return performance.now() - this.#ended < 50;
  }

  /** A pointer went down on a handle within `list`. */
  down(event: PointerEvent, list: HTMLElement): void {
    const row = (event.target as Element).closest('[data-control=handle]')?.closest('[aria-posinset]');
    if (!row || !event.isPrimary || event.button !== 0 || this.#ordering.lifted) return;
    this.#list = list;
    this.#pointer = {
      id: event.pointerId,
      index: Number(row.getAttribute('aria-posinset')) - 1,
      startY: event.clientY,
      y: event.clientY,
      grip: event.clientY - row.getBoundingClientRect().top,
    };
  }

  /** Answers whether the row was lifted by this. */
  move(event: PointerEvent): boolean {
    const pointer = this.#pointer;
    if (pointer?.id !== event.pointerId) return false;
    // It left the list before anything was lifted, and let go elsewhere.
    if (this.offset === null && event.buttons === 0) {
      this.#pointer = null;
      return false;
    }
    pointer.y = event.clientY;
    if (this.offset !== null || Math.abs(pointer.y - pointer.startY) < SLOP_PX) return false;
    if (!this.#ordering.lift(pointer.index)) return false;
    this.offset = 0;
    // The list stays in the page whatever comes and goes in it.
    this.#list?.setPointerCapture(pointer.id);
    requestAnimationFrame(this.#frame);
    return true;
  }

  /** The finger left, or was taken away. Answers whether something was drawn. */
  end(event: PointerEvent): boolean {
    if (this.#pointer?.id !== event.pointerId) return false;
    const drawn = this.offset !== null;
    this.#pointer = null;
    this.offset = null;
    if (drawn) this.#ended = performance.now();
    return drawn;
  }

  #frame = (): void => {
    if (!this.#pointer || !this.#list) return;
    // The list has changed meanwhile.
    if (!this.#ordering.lifted) {
      this.#pointer = this.offset = null;
      return;
    }
    this.#scroll(this.#list, this.#pointer.y);
    this.#follow(this.#list, this.#pointer);
    requestAnimationFrame(this.#frame);
  };

  #scroll(list: HTMLElement, y: number): void {
    const scroller = list.closest('main');
    if (!scroller) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const beyond = Math.max(0, y - (bottom - EDGE_PX)) + Math.min(0, y - (top + EDGE_PX));
    if (beyond !== 0) scroller.scrollTop += Math.max(-1, Math.min(1, beyond / EDGE_PX)) * FASTEST_PX;
  }

  /** Past the middle of a neighbour the two change places. */
  #follow(list: HTMLElement, { y, grip }: Pointer): void {
    const row = list.querySelector('[data-lifted]')?.closest('[aria-posinset]');
    if (!row) return;
    const middle = (of: Element) => {
      const { top, height } = of.getBoundingClientRect();
      return top + height / 2;
    };
    const { height } = row.getBoundingClientRect();
    const centre = y - grip + height / 2;
    for (;;) {
      const [above, below] = [row.previousElementSibling, row.nextElementSibling];
      const by = below && centre > middle(below) ? 1 : above && centre < middle(above) ? -1 : 0;
      if (by === 0 || !this.#ordering.step(by)) break;
      flushSync();
    }
    this.offset = y - grip - row.getBoundingClientRect().top;
  }
}
