/** Rows from `first` to `last`, without `last`. */
export type Range = { first: number; last: number };

/** A rendered row, and the height of the rows before it that are not rendered. */
export type Item<T> = { row: T; index: number; above: number };

/** The rendered rows of a list, and the height below them. */
export type Laid<T> = { items: Item<T>[]; below: number };

/** The height of a row before any was measured. */
const GUESS_PX = 92;
/** The average is taken of this many rows; more would keep moving the rows that were not measured. */
const SAMPLE = 50;

/** The height of each row: as measured last, or the average. */
export class Heights {
  /** 0 means not measured. An array without holes is fast to add up, which happens at each step of a scroll. */
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

  /** Drops the heights, when other rows take these places. */
  clear(): void {
    this.#measured = [];
  }

  sum({ first, last }: Range): number {
    const [measured, usual] = [this.#measured, this.usual];
    let px = 0;
    for (let index = first; index < last; index += 1) px += measured[index] || usual;
    return px;
  }

  /** Which of `count` rows are between two heights from the top of the list. */
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

/** Extends a range to whole steps, so that not every step of a scroll changes the page. */
export function widened({ first, last }: Range, step: number): Range {
  return { first: Math.floor(first / step) * step, last: Math.ceil(last / step) * step };
}

/**
 * Which of `count` rows to render: the loaded ones of the ranges, in order, each once.
 *
 * The others become height: `above` the row that follows them, or `below` the last.
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

/** The height of the whole list, with the rows as they are measured now. */
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
