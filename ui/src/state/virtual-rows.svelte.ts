import { tick, untrack } from 'svelte';
import type { ListRow } from '../ipc';
import type { Track } from './drag-reorder.svelte';
import type { Entries } from './entries.svelte';
import { heightOf, Heights, layOut, widened, type Range } from './row-layout';
import { ScrollAnchor } from './scroll-anchor';

/** Rows are rendered and removed in steps of this many. */
const STEP = 5;
/** This many rows are loaded before they are rendered, so that both do not happen at once. */
const AHEAD = 20;
/** Until it is known how many rows are visible. */
const START: Range = { first: 0, last: 10 };

const POSITION = 'aria-posinset';
const indexOf = (row: Element) => Number(row.getAttribute(POSITION)) - 1;
const same = (a: Range | null, b: Range | null) => a?.first === b?.first && a?.last === b?.last;

/** The delay before off-screen rows of a search result are rendered. */
const RENDER_DELAY_MS = 120;

type Page = { list: HTMLElement; scroller: Element; anchor: ScrollAnchor; width: number; height: number };

/** Which rows of a long list are rendered: the visible ones, a screen before and after them, and the focused one. */
export class VirtualRows implements Track {
  inSight = $state.raw(START);
  #near = $state.raw(START);
  /** The focused row if it is far away, with its neighbours for the next Tab. */
  #focused = $state.raw<Range | null>(null);
  #source: Entries;
  #heights = new Heights();
  #page: Page | undefined;
  /** The row that the user touched: it keeps its place, and is scrolled so that all of it is visible. */
  #touchedRow: Element | null = null;
  #frame = 0;
  /** How many pixels `scrollBy` still owes, because browsers scroll by whole pixels. */
  #unscrolled = 0;
  /** Delays rendering off-screen rows after a search result, so that fast typing stays responsive. */
  #renderDelay: ReturnType<typeof setTimeout> | undefined;
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
    // While a row is dragged, the list must not scroll to keep other rows in place.
    $effect.pre(() => {
      void source.arrangement;
      untrack(() => this.#page?.anchor.remember([]));
    });
    $effect(() => {
      void this.laid;
      untrack(() => {
        this.#sizeList();
        this.#page?.anchor.restore();
      });
    });
    $effect(() => {
      void source.shown;
      void source.arrangement;
      untrack(() => this.#remeasure());
    });
  }

  /** Starts with this list, in a `main` that scrolls. Call the returned function to stop. */
  start(list: HTMLElement): () => void {
    const scroller = list.closest('main') ?? document.documentElement;
    this.#page = { list, scroller, anchor: new ScrollAnchor(scroller), width: list.clientWidth, height: 0 };
    const ended = new AbortController();
    const { signal } = ended;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
    window.addEventListener('resize', () => this.#windowResized(), { signal });
    this.#renderLater();
    return () => {
      ended.abort();
      this.#sizes.disconnect();
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#renderDelay);
      this.#page = undefined;
    };
  }

  /** Attach to each row, so that a change of its height is measured. */
  readonly watched = (row: HTMLElement) => {
    this.#sizes.observe(row);
    return () => this.#sizes.unobserve(row);
  };

  touched(key: Element): void {
    this.#touchedRow = key.closest(`[${POSITION}]`);
    if (this.#touchedRow) this.#page?.anchor.remember([this.#touchedRow]);
  }

  /**
   * Scrolls the row with this index into view, if it is not visible already.
   * Returns its element; null when the list is hidden or the row is not loaded.
   */
  async goTo(index: number): Promise<Element | null> {
    const page = this.#page;
    if (!page || page.scroller.clientHeight === 0) return null;
    const { list, scroller, anchor } = page;
    clearTimeout(this.#renderDelay);
    this.#renderDelay = undefined;
    this.#touchedRow = null;
    const rowIn = () => list.querySelector(`[${POSITION}="${index + 1}"]`);
    const far = rowIn() === null;
    if (far) {
      anchor.remember([]);
      const above = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      scroller.scrollTop += above + this.#heights.sum({ first: 0, last: index }) - scroller.clientHeight / 2;
    }
    this.#update();
    // Its neighbours are rendered with it.
    await tick();
    const row = rowIn();
    this.#measure(list.children);
    row?.scrollIntoView({ block: far ? 'center' : 'nearest' });
    this.#update();
    return row;
  }

  edges(): { top: number; bottom: number } {
    return (this.#page?.scroller ?? document.documentElement).getBoundingClientRect();
  }

  scrollBy(px: number): void {
    if (!this.#page) return;
    const { scroller } = this.#page;
    const wanted = scroller.scrollTop + px + this.#unscrolled;
    scroller.scrollTop = wanted;
    // A browser scrolls by whole pixels of the screen: the rest is added next time.
    const lag = wanted - scroller.scrollTop;
    this.#unscrolled = Math.abs(lag) < 1 ? lag : 0;
    this.#update();
  }

  indexAt(y: number): number {
    const top = y - (this.#page?.list.getBoundingClientRect().top ?? 0);
    return Math.min(this.#heights.between(top, top, this.#source.count).first, this.#source.count - 1);
  }

  slot(index: number): { top: number; height: number } | null {
    return this.#page?.list.querySelector(`[${POSITION}="${index + 1}"]`)?.getBoundingClientRect() ?? null;
  }

  /** The row that contains this element. */
  rowOf(part: Element): ListRow | undefined {
    const row = part.closest(`[${POSITION}]`);
    return row ? this.#source.row(indexOf(row)) : undefined;
  }

  /** Determines the visible rows, and renders and loads what they need. */
  #update(): void {
    const page = this.#page;
    const height = page?.scroller.clientHeight ?? 0;
    // Behind another screen the list keeps its state.
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
    if (this.#touchedRow) return;
    // At the very top, new rows above must become visible.
    const still = scroller.scrollTop > 0 ? [...list.children] : [];
    anchor.remember(still.filter((row) => indexOf(row) >= inSight.first && indexOf(row) < inSight.last));
  }

  /** The visible rows, and those within `more` pixels above and below. */
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
    this.#touchedRow = null;
    this.#update();
  }

  /** For the result of another search or group. */
  #toTop(): void {
    this.#heights.clear();
    this.#touchedRow = null;
    if (!this.#page) return;
    this.#page.anchor.remember([]);
    this.#page.scroller.scrollTop = 0;
    this.#focused = null;
    this.inSight = this.#around(this.#page, 0);
    this.#near = this.inSight;
    this.#renderLater();
  }

  #renderLater(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#renderDelay);
    this.#renderDelay = setTimeout(() => {
      this.#renderDelay = undefined;
      this.#remeasure();
    }, RENDER_DELAY_MS);
  }

  /** Runs between layout and painting, so that rows do not jump visibly. */
  #resized(rows: Element[]): void {
    if (!this.#page || this.#page.scroller.clientHeight === 0) return;
    this.#measure(rows);
    this.#page.anchor.restore();
    if (this.#touchedRow && rows.includes(this.#touchedRow)) {
      this.#touchedRow.scrollIntoView({ block: 'nearest' });
      // If the row is higher than the list, show its code.
      this.#touchedRow.querySelector('[data-opened]')?.scrollIntoView({ block: 'nearest' });
      this.#touchedRow = null;
    }
    if (this.#renderDelay !== undefined) return;
    // Not now: rendering rows here would make the observer report a loop.
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#update());
  }

  /** Measures again after rows were added, removed or moved. */
  #remeasure(): void {
    if (!this.#page || this.#renderDelay !== undefined || this.#page.scroller.clientHeight === 0) return;
    this.#measure(this.#page.list.children);
    this.#page.anchor.restore();
    this.#update();
  }

  /** The window was resized; with another width, names wrap differently. */
  #windowResized(): void {
    const width = this.#page?.list.clientWidth ?? 0;
    if (!this.#page || width === 0) return;
    if (width === this.#page.width) return this.#update();
    this.#page.width = width;
    this.#heights.clear();
    this.#remeasure();
  }

  #measure(rows: Iterable<Element>): void {
    for (const row of rows) this.#heights.measure(indexOf(row), row.getBoundingClientRect().height);
    this.#sizeList();
  }

  /** Sizes the list from the heights of all of its rows. */
  #sizeList(): void {
    const page = this.#page;
    const px = heightOf(this.laid, this.#heights);
    if (!page || px === page.height) return;
    page.height = px;
    page.list.style.height = `${px}px`;
  }
}
