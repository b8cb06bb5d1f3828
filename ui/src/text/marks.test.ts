import { expect, it } from 'vitest';
import { pieces } from './marks';

it('cuts a text at its matches', () => {
  expect(pieces('Société générale', [{ start: 0, end: 4 }, { start: 8, end: 11 }])).toEqual([
    { text: 'Soci', marked: true },
    { text: 'été ', marked: false },
    { text: 'gén', marked: true },
    { text: 'érale', marked: false },
  ]);
});

it('leaves a text without a match whole', () => {
  expect(pieces('demo', [])).toEqual([{ text: 'demo', marked: false }]);
  expect(pieces('', [])).toEqual([]);
});

it('counts in UTF-16 units', () => {
  expect(pieces('🔑 key', [{ start: 3, end: 6 }])).toEqual([
    { text: '🔑 ', marked: false },
    { text: 'key', marked: true },
  ]);
});
