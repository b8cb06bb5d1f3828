import { flushSync } from 'svelte';
import { EdgeScroll, edgeAt } from './edge-scroll';
import type { Ordering } from './ordering.svelte';

/** A touch that goes no further is a touch on the handle. */
const SLOP_PX = 6;

/** What a row is dragged over: the rows of a list that scrolls, by their heights in the window. */
export interface Track {
  /** The part of the window in which the list is seen. */
  edges(): { top: number; bottom: number };
  /** Scrolls as far as the list goes, and puts the rows that come into sight into the page. */
  scrollBy(px: number): void;
  /** The place in the list of what lies at this height, whether its row is here or not. */
  indexAt(y: number): number;
  /** Where the row at this place is; none where it is not in the page. */
  slot(index: number): { top: number; height: number } | null;
}

type Pointer = {
  id: number;
  index: number;
  startY: number;
  y: number;
  /** From the top of the row to the finger. */
  grip: number;
  height: number;
};

/** A row that is dragged by its handle: it follows the finger, and the others make room. */
export class Dragging {
  /** How far the row is from its place, in pixels; none while nothing is dragged. */
  offset = $state<number | null>(null);
  #ordering: Ordering;
  #track: () => Track;
  #pointer: Pointer | null = null;
  #list: HTMLElement | undefined;
  #edge = new EdgeScroll();
  /** Pixels to scroll by in the next frame. */
  #due = 0;
  #ended = 0;

  constructor(ordering: Ordering, track: () => Track) {
    this.#ordering = ordering;
    this.#track = track;
  }

  /** The click that follows a drag means nothing. */
  get justEnded(): boolean {
    return performance.now() - this.#ended < 50;
  }

  /** A pointer went down on a handle within `list`. */
  down(event: PointerEvent, list: HTMLElement): void {
    const row = (event.target as Element).closest('[data-control=handle]')?.closest('[aria-posinset]');
    if (!row || !event.isPrimary || event.button !== 0 || this.#ordering.lifted) return;
    const { top, height } = row.getBoundingClientRect();
    this.#list = list;
    this.#pointer = {
      id: event.pointerId,
      index: Number(row.getAttribute('aria-posinset')) - 1,
      startY: event.clientY,
      y: event.clientY,
      grip: event.clientY - top,
      height,
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
    if (this.offset !== null) {
      this.#pull(pointer.y);
      this.#pull((pointer.y = event.clientY));
      return false;
    }
    pointer.y = event.clientY;
    if (Math.abs(pointer.y - pointer.startY) < SLOP_PX || !this.#ordering.lift(pointer.index)) return false;
    this.offset = 0;
    this.#edge = new EdgeScroll();
    this.#due = 0;
    this.#pull(pointer.y);
    // The list stays in the page whatever comes and goes in it.
    this.#list?.setPointerCapture(pointer.id);
    requestAnimationFrame(this.#frame);
    return true;
  }

  /** The finger left, or was taken away. Answers whether something was dragged. */
  end(event: PointerEvent): boolean {
    if (this.#pointer?.id !== event.pointerId) return false;
    const dragged = this.offset !== null;
    this.#pointer = null;
    this.offset = null;
    if (dragged) this.#ended = performance.now();
    return dragged;
  }

  #frame = (): void => {
    const pointer = this.#pointer;
    if (!pointer) return;
    // The list has changed meanwhile.
    if (!this.#ordering.lifted) {
      this.#pointer = this.offset = null;
      return;
    }
    const track = this.#track();
    this.#pull(pointer.y);
    if (this.#due !== 0) track.scrollBy(this.#due);
    this.#due = 0;
    this.#follow(track, pointer);
    requestAnimationFrame(this.#frame);
  };

  /** A finger that was at this height since the last call has scrolled by so much. */
  #pull(y: number): void {
    this.#due += this.#edge.step(edgeAt(y, this.#track().edges()), performance.now());
  }

  /** Past the middle of a neighbour the two change places; over many rows the row goes at once. */
  #follow(track: Track, { y, grip, height }: Pointer): void {
    const centre = y - grip + height / 2;
    const place = () => this.#ordering.lifted?.to ?? 0;
    const under = track.indexAt(centre);
    if (Math.abs(under - place()) > 1 && this.#ordering.moveTo(under)) flushSync();
    const middle = (index: number) => {
      const slot = track.slot(index);
      return slot ? slot.top + slot.height / 2 : null;
    };
    for (;;) {
      const [above, below] = [middle(place() - 1), middle(place() + 1)];
      const by = below !== null && centre > below ? 1 : above !== null && centre < above ? -1 : 0;
      if (by === 0 || !this.#ordering.step(by)) break;
      flushSync();
    }
    this.offset = y - grip - (track.slot(place())?.top ?? y - grip);
  }
}
