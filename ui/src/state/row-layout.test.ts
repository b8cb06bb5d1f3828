import { expect, it } from 'vitest';
import { heightOf, Heights, layOut, pagesOf, widened } from './row-layout';

/** Ten rows of 100, the fourth of 250. */
function measured(): Heights {
  const heights = new Heights();
  for (let index = 0; index < 10; index += 1) heights.measure(index, index === 3 ? 250 : 100);
  return heights;
}
const known = (index: number) => `row ${index}`;

it.each([
  { what: 'the first of them', top: 0, bottom: 200, range: { first: 0, last: 2 } },
  { what: 'a part of a row is in sight', top: 99, bottom: 201, range: { first: 0, last: 3 } },
  { what: 'one high row fills it', top: 310, bottom: 500, range: { first: 3, last: 4 } },
  { what: 'the end', top: 1100, bottom: 2000, range: { first: 9, last: 10 } },
  { what: 'past the end', top: 5000, bottom: 6000, range: { first: 10, last: 10 } },
  { what: 'above the list', top: -900, bottom: 150, range: { first: 0, last: 2 } },
  { what: 'all of it above the list', top: -900, bottom: -10, range: { first: 0, last: 1 } },
])('finds the rows between two heights: $what', ({ top, bottom, range }) => {
  expect(measured().between(top, bottom, 10)).toEqual(range);
});

it('estimates a row that was not measured by the average of the first ones', () => {
  const heights = new Heights();
  for (let index = 0; index < 50; index += 1) heights.measure(index, 80);
  for (let index = 50; index < 90; index += 1) heights.measure(index, 120);
  expect(heights.sum({ first: 0, last: 100 })).toBe(50 * 80 + 40 * 120 + 10 * 80);
  heights.clear();
  expect(heights.sum({ first: 0, last: 100 })).toBe(100 * 80);
});

it('measures a row again, and keeps its first height in the average', () => {
  const heights = new Heights();
  heights.measure(0, 90);
  heights.measure(0, 190);
  expect(heights.sum({ first: 0, last: 1 })).toBe(190);
  expect(heights.sum({ first: 1, last: 2 })).toBe(90);
});

it('widens a range to whole steps', () => {
  expect(widened({ first: 7, last: 21 }, 5)).toEqual({ first: 5, last: 25 });
  expect(widened({ first: 5, last: 25 }, 5)).toEqual({ first: 5, last: 25 });
});

it('renders the rows of the ranges, and adds up the height of all others', () => {
  const { items, below } = layOut([{ first: 5, last: 7 }], 10, known, measured());
  expect(items).toEqual([
    { row: 'row 5', index: 5, above: 650 },
    { row: 'row 6', index: 6, above: 0 },
  ]);
  expect(below).toBe(300);
});

it('renders a row once where ranges overlap, in any order', () => {
  const { items } = layOut([{ first: 6, last: 9 }, { first: -1, last: 2 }, { first: 7, last: 12 }], 10, known, measured());
  expect(items.map(({ index }) => index)).toEqual([0, 1, 6, 7, 8, 9]);
  expect(items.map(({ above }) => above)).toEqual([0, 0, 550, 0, 0, 0]);
});

it('reserves the height of rows that are not loaded', () => {
  const some = (index: number) => (index < 4 || index > 6 ? known(index) : undefined);
  const { items, below } = layOut([{ first: 2, last: 9 }], 10, some, measured());
  expect(items.map(({ index, above }) => [index, above])).toEqual([[2, 200], [3, 0], [7, 300], [8, 0]]);
  expect(below).toBe(100);
});

it('keeps the height of the list, whatever is rendered', () => {
  const heights = measured();
  for (const range of [{ first: 0, last: 0 }, { first: 0, last: 10 }, { first: 2, last: 5 }]) {
    expect(heightOf(layOut([range], 10, known, heights), heights)).toBe(1150);
  }
});

it('grows the list with a rendered row', () => {
  const heights = measured();
  const laid = layOut([{ first: 2, last: 5 }], 10, known, heights);
  heights.measure(4, heights.sum({ first: 4, last: 5 }) + 60);
  expect(heightOf(laid, heights)).toBe(1210);
});

it.each([
  { ranges: [{ first: 0, last: 50 }], pages: [0] },
  { ranges: [{ first: 49, last: 51 }], pages: [0, 1] },
  { ranges: [{ first: 120, last: 140 }, { first: -1, last: 2 }, { first: 130, last: 160 }], pages: [2, 0, 3] },
  { ranges: [{ first: 0, last: 0 }], pages: [0] },
])('asks for the pages that hold $ranges', ({ ranges, pages }) => {
  expect(pagesOf(ranges, 50)).toEqual(pages);
});
