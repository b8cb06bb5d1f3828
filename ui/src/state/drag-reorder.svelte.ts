import { flushSync } from 'svelte';
import { EdgeScroll, edgeAt } from './edge-scroll';
import type { ManualOrder } from './manual-order.svelte';

/** A shorter movement is a touch on the handle, not a drag. */
const SLOP_PX = 6;

/** The scrolling list over which a row is dragged. Heights are those of the window. */
export interface Track {
  /** The part of the window that shows the list. */
  edges(): { top: number; bottom: number };
  /** Scrolls, at most to the end of the list, and renders the rows that become visible. */
  scrollBy(px: number): void;
  /** The index of the row at this height, rendered or not. */
  indexAt(y: number): number;
  /** Where the row with this index is; null when it is not rendered. */
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

/** Drag-and-drop reordering by a row's handle. */
export class DragReorder {
  /** How far the row is from its place, in pixels; null while nothing is dragged. */
  offset = $state<number | null>(null);
  #order: ManualOrder;
  #track: () => Track;
  #pointer: Pointer | null = null;
  #list: HTMLElement | undefined;
  #edge = new EdgeScroll();
  /** Pixels to scroll by in the next frame. */
  #due = 0;
  #ended = 0;

  constructor(order: ManualOrder, track: () => Track) {
    this.#order = order;
    this.#track = track;
  }

  /** A click right after a drag is not a touch on the handle. */
  get justEnded(): boolean {
    return performance.now() - this.#ended < 50;
  }

  /** A pointer went down on a handle within `list`. */
  down(event: PointerEvent, list: HTMLElement): void {
    const row = (event.target as Element).closest('[data-control=handle]')?.closest('[aria-posinset]');
    if (!row || !event.isPrimary || event.button !== 0 || this.#order.lifted) return;
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

  /** Returns whether this movement lifted the row. */
  move(event: PointerEvent): boolean {
    const pointer = this.#pointer;
    if (pointer?.id !== event.pointerId) return false;
    // The pointer left the list before a drag began, and was released elsewhere.
    if (this.offset === null && event.buttons === 0) {
      this.#pointer = null;
      return false;
    }
    if (this.offset !== null) {
      this.#autoScroll(pointer.y);
      this.#autoScroll((pointer.y = event.clientY));
      return false;
    }
    pointer.y = event.clientY;
    if (Math.abs(pointer.y - pointer.startY) < SLOP_PX || !this.#order.lift(pointer.index)) return false;
    this.offset = 0;
    this.#edge = new EdgeScroll();
    this.#due = 0;
    this.#autoScroll(pointer.y);
    // Capture on the list, because rows are removed while it scrolls.
    this.#list?.setPointerCapture(pointer.id);
    requestAnimationFrame(this.#frame);
    return true;
  }

  /** The pointer was released or cancelled. Returns whether a row was dragged. */
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
    // The list has changed in the meantime.
    if (!this.#order.lifted) {
      this.#pointer = this.offset = null;
      return;
    }
    const track = this.#track();
    this.#autoScroll(pointer.y);
    if (this.#due !== 0) track.scrollBy(this.#due);
    this.#due = 0;
    this.#follow(track, pointer);
    requestAnimationFrame(this.#frame);
  };

  /** Adds the distance to scroll for a pointer that was at this height since the last call. */
  #autoScroll(y: number): void {
    this.#due += this.#edge.step(edgeAt(y, this.#track().edges()), performance.now());
  }

  /** Swaps the row with a neighbour when it passes the middle of that one; over more rows it jumps at once. */
  #follow(track: Track, { y, grip, height }: Pointer): void {
    const centre = y - grip + height / 2;
    const place = () => this.#order.lifted?.to ?? 0;
    const under = track.indexAt(centre);
    if (Math.abs(under - place()) > 1 && this.#order.moveTo(under)) flushSync();
    const middle = (index: number) => {
      const slot = track.slot(index);
      return slot ? slot.top + slot.height / 2 : null;
    };
    for (;;) {
      const [above, below] = [middle(place() - 1), middle(place() + 1)];
      const by = below !== null && centre > below ? 1 : above !== null && centre < above ? -1 : 0;
      if (by === 0 || !this.#order.step(by)) break;
      flushSync();
    }
    this.offset = y - grip - (track.slot(place())?.top ?? y - grip);
  }
}
