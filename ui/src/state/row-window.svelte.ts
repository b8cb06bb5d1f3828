import { tick, untrack } from 'svelte';
import type { Row } from '../ipc';
import { Anchor } from './anchor';
import type { Track } from './dragging.svelte';
import type { Entries } from './entries.svelte';
import { heightOf, Heights, layOut, widened, type Range } from './windowing';

/** Rows that are put in or left out at a time. */
const STEP = 5;
/** Rows that are asked for before they are put in: a page that comes is not put in at once, too. */
const AHEAD = 20;
/** Until it is known how many are in sight. */
const START: Range = { first: 0, last: 10 };

const POSITION = 'aria-posinset';
const indexOf = (row: Element) => Number(row.getAttribute(POSITION)) - 1;
const same = (a: Range | null, b: Range | null) => a?.first === b?.first && a?.last === b?.last;

/** From the rows in sight of a search to the others: who types on gets the next search instead. */
const REST_MS = 120;

type Page = { list: HTMLElement; scroller: Element; anchor: Anchor; width: number; height: number };

/** Which rows of a long list are in the page: those in sight, a screen before and after them, and the focused one. */
export class RowWindow implements Track {
  inSight = $state.raw(START);
  #near = $state.raw(START);
  /** The focused row where it is far, and its neighbours for the next Tab. */
  #focused = $state.raw<Range | null>(null);
  #source: Entries;
  #heights = new Heights();
  #page: Page | undefined;
  /** The row whose key was touched: it stays under the finger, and all of it is shown. */
  #touched: Element | null = null;
  #frame = 0;
  /** By how much less than was asked for `scrollBy` has scrolled. */
  #lag = 0;
  /** Runs from the answer to a search until more than what is in sight is put into the page. */
  #rest: ReturnType<typeof setTimeout> | undefined;
  #sizes = new ResizeObserver((changes) => this.#resized(changes.map(({ target }) => target)));

  #rowAt = (index: number) => this.#source.row(index);
  readonly laid = $derived.by(() =>
    layOut(this.#focused ? [this.#near, this.#focused] : [this.#near], this.#source.count, this.#rowAt, this.#heights),
  );

  constructor(source: Entries) {
    this.#source = source;
    const asked = $derived(`${source.shown.group} ${source.shown.query}`);
    $effect.pre(() => {
      void asked;
      untrack(() => this.#toTop());
    });
    // Rows that are moved by hand stand where they are put: nothing scrolls after them.
    $effect.pre(() => {
      void source.arrangement;
      untrack(() => this.#page?.anchor.hold([]));
    });
    $effect(() => {
      void this.laid;
      untrack(() => {
        this.#fit();
        this.#page?.anchor.settle();
      });
    });
    $effect(() => {
      void source.shown;
      void source.arrangement;
      untrack(() => this.#remeasure());
    });
  }

  /** The list is in the page, in a `main` that scrolls. Until the returned function is called. */
  start(list: HTMLElement): () => void {
    const scroller = list.closest('main') ?? document.documentElement;
    this.#page = { list, scroller, anchor: new Anchor(scroller), width: list.clientWidth, height: 0 };
    const ended = new AbortController();
    const { signal } = ended;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
    window.addEventListener('resize', () => this.#turned(), { signal });
    this.#restLater();
    return () => {
      ended.abort();
      this.#sizes.disconnect();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#rest);
      this.#page = undefined;
    };
  }

  /** For each row: its height counts, and what its height does to the others. */
  readonly watched = (row: HTMLElement) => {
    this.#sizes.observe(row);
    return () => this.#sizes.unobserve(row);
  };

  touched(key: Element): void {
    this.#touched = key.closest(`[${POSITION}]`);
    if (this.#touched) this.#page?.anchor.hold([this.#touched]);
  }

  /**
   * Brings the row at this place into sight, wherever the list stands; one that is in sight already moves nothing.
   * Answers its element; none where the list is hidden, or the row is not here.
   */
  async goTo(index: number): Promise<Element | null> {
    const page = this.#page;
    if (!page || page.scroller.clientHeight === 0) return null;
    const { list, scroller, anchor } = page;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#touched = null;
    const rowIn = () => list.querySelector(`[${POSITION}="${index + 1}"]`);
    const far = rowIn() === null;
    if (far) {
      anchor.hold([]);
      const above = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      scroller.scrollTop += above + this.#heights.sum({ first: 0, last: index }) - scroller.clientHeight / 2;
    }
    this.#look();
    // Its neighbours come into the page with it.
    await tick();
    const row = rowIn();
    this.#measure(list.children);
    row?.scrollIntoView({ block: far ? 'center' : 'nearest' });
    this.#look();
    return row;
  }

  edges(): { top: number; bottom: number } {
    return (this.#page?.scroller ?? document.documentElement).getBoundingClientRect();
  }

  scrollBy(px: number): void {
    if (!this.#page) return;
    const { scroller } = this.#page;
    const wanted = scroller.scrollTop + px + this.#lag;
    scroller.scrollTop = wanted;
    // A browser scrolls by whole pixels of the screen: the rest is not lost.
    const lag = wanted - scroller.scrollTop;
    this.#lag = Math.abs(lag) < 1 ? lag : 0;
    this.#look();
  }

  indexAt(y: number): number {
    const top = y - (this.#page?.list.getBoundingClientRect().top ?? 0);
    return Math.min(this.#heights.between(top, top, this.#source.count).first, this.#source.count - 1);
  }

  slot(index: number): { top: number; height: number } | null {
    return this.#page?.list.querySelector(`[${POSITION}="${index + 1}"]`)?.getBoundingClientRect() ?? null;
  }

  /** The row that this is a part of. */
  rowOf(part: Element): Row | undefined {
    const row = part.closest(`[${POSITION}]`);
    return row ? this.#source.row(indexOf(row)) : undefined;
  }

  /** Finds out what is in sight, and what is to be in the page for that. */
  #look(): void {
    const page = this.#page;
    const height = page?.scroller.clientHeight ?? 0;
    // Behind another screen the list stands as it was left.
    if (!page || height === 0) return;
    const { list, scroller, anchor } = page;
    const inSight = this.#around(page, 0);
    const near = widened(this.#around(page, height), STEP);
    const focused = this.#farFocus(list, near);
    if (!same(inSight, this.inSight)) this.inSight = inSight;
    if (!same(near, this.#near)) this.#near = near;
    if (!same(focused, this.#focused)) this.#focused = focused;
    const soon = { first: near.first - AHEAD, last: Math.min(near.last + AHEAD, this.#source.count) };
    this.#source.want(focused ? [soon, focused] : [soon]);
    if (this.#touched) return;
    // At the very top what comes new above is to be seen.
    const still = scroller.scrollTop > 0 ? [...list.children] : [];
    anchor.hold(still.filter((row) => indexOf(row) >= inSight.first && indexOf(row) < inSight.last));
  }

  /** The rows in sight, and those that would be were there so much more above and below. */
  #around({ list, scroller }: Page, more: number): Range {
    const top = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
    return this.#heights.between(top - more, top + scroller.clientHeight + more, this.#source.count);
  }

  #farFocus(list: Element, near: Range): Range | null {
    const row = document.activeElement?.closest(`[${POSITION}]`);
    if (!row || !list.contains(row)) return null;
    const index = indexOf(row);
    return index < near.first || index >= near.last ? { first: index - 1, last: index + 2 } : null;
  }

  #scrolled(): void {
    this.#touched = null;
    this.#look();
  }

  /** Another search was answered. */
  #toTop(): void {
    this.#heights.forget();
    this.#touched = null;
    if (!this.#page) return;
    this.#page.anchor.hold([]);
    this.#page.scroller.scrollTop = 0;
    this.#focused = null;
    this.inSight = this.#around(this.#page, 0);
    this.#near = this.inSight;
    this.#restLater();
  }

  #restLater(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      this.#remeasure();
    }, REST_MS);
  }

  /** Comes between layout and painting, so that what was moved is seen in its place at once. */
  #resized(rows: Element[]): void {
    if (!this.#page || this.#page.scroller.clientHeight === 0) return;
    this.#measure(rows);
    this.#page.anchor.settle();
    if (this.#touched && rows.includes(this.#touched)) {
      this.#touched.scrollIntoView({ block: 'nearest' });
      // Of a row that is higher than its place, the code is seen.
      this.#touched.querySelector('[data-opened]')?.scrollIntoView({ block: 'nearest' });
      this.#touched = null;
    }
    if (this.#rest !== undefined) return;
    // Not here: rows that come in now would be a loop to the observer.
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#look());
  }

  /** Rows came or went, and others stand in their places. */
  #remeasure(): void {
    if (!this.#page || this.#rest !== undefined || this.#page.scroller.clientHeight === 0) return;
    this.#measure(this.#page.list.children);
    this.#page.anchor.settle();
    this.#look();
  }

  /** The window is higher or lower; in another width names wrap elsewhere, too. */
  #turned(): void {
    const width = this.#page?.list.clientWidth ?? 0;
    if (!this.#page || width === 0) return;
    if (width === this.#page.width) return this.#look();
    this.#page.width = width;
    this.#heights.forget();
    this.#remeasure();
  }

  #measure(rows: Iterable<Element>): void {
    for (const row of rows) this.#heights.measure(indexOf(row), row.getBoundingClientRect().height);
    this.#fit();
  }

  /** Makes the list as high as all of its rows. */
  #fit(): void {
    const page = this.#page;
    const px = heightOf(this.laid, this.#heights);
    if (!page || px === page.height) return;
    page.height = px;
    page.list.style.height = `${px}px`;
  }
}
