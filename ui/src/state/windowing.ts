/** Rows from `first` up to, but not with, `last`. */
export type Range = { first: number; last: number };

/** A row that is in the page, and the height that the rows left out before it would take. */
export type Item<T> = { row: T; index: number; above: number };

/** What is in the page of a list. */
export type Laid<T> = { items: Item<T>[]; below: number };

/** Before a row was measured. */
const GUESS_PX = 92;
/** So many measured rows tell what is usual: more would move the rows that were not, again and again. */
const SAMPLE = 50;

/** How high each row of a list is: as it was measured last, or else what is usual. */
export class Heights {
  /** 0 is not measured: an array without holes adds up fast, and all of it is added up at each step of a scroll. */
  #measured: number[] = [];
  #sample = { rows: 0, px: 0 };

  get usual(): number {
    return this.#sample.rows === 0 ? GUESS_PX : this.#sample.px / this.#sample.rows;
  }

  measure(index: number, px: number): void {
    while (this.#measured.length <= index) this.#measured.push(0);
    if (this.#measured[index] === 0 && this.#sample.rows < SAMPLE) {
      this.#sample = { rows: this.#sample.rows + 1, px: this.#sample.px + px };
    }
    this.#measured[index] = px;
  }

  /** Other rows stand in these places now. */
  forget(): void {
    this.#measured = [];
  }

  sum({ first, last }: Range): number {
    const [measured, usual] = [this.#measured, this.usual];
    let px = 0;
    for (let index = first; index < last; index += 1) px += measured[index] || usual;
    return px;
  }

  /** Which of `count` rows lie between two heights, measured from the top of the list. */
  between(top: number, bottom: number, count: number): Range {
    const [measured, usual] = [this.#measured, this.usual];
    let [first, end] = [0, 0];
    for (; first < count; first += 1) {
      end += measured[first] || usual;
      if (end > top) break;
    }
    let last = Math.min(first + 1, count);
    for (; last < count && end < bottom; last += 1) end += measured[last] || usual;
    return { first, last };
  }
}

/** The same rows and some more, so that not every step of a scroll changes the page. */
export function widened({ first, last }: Range, step: number): Range {
  return { first: Math.floor(first / step) * step, last: Math.ceil(last / step) * step };
}

/**
 * What to put into the page of `count` rows: those of the ranges that are known, in order, each once.
 *
 * All others are height: above the row that follows them, or `below` the last.
 */
export function layOut<T>(
  ranges: readonly Range[],
  count: number,
  rowAt: (index: number) => T | undefined,
  heights: Heights,
): Laid<T> {
  const items: Item<T>[] = [];
  let next = 0;
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    for (let index = Math.max(first, next); index < Math.min(last, count); index += 1) {
      const row = rowAt(index);
      if (row === undefined) continue;
      items.push({ row, index, above: heights.sum({ first: next, last: index }) });
      next = index + 1;
    }
  }
  return { items, below: heights.sum({ first: next, last: count }) };
}

/** How high all of it is, with the rows as high as they are now. */
export function heightOf({ items, below }: Laid<unknown>, heights: Heights): number {
  return items.reduce((px, { index, above }) => px + above + heights.sum({ first: index, last: index + 1 }), below);
}

/** The pages of `size` rows that hold these ranges. */
export function pagesOf(ranges: readonly Range[], size: number): number[] {
  const pages = new Set<number>();
  for (const { first, last } of ranges) {
    for (let page = Math.floor(Math.max(0, first) / size); page * size < Math.max(last, 1); page += 1) pages.add(page);
  }
  return [...pages];
}
