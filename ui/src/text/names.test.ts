import { expect, it } from 'vitest';
import { entryName, nameLines, shortened } from './names';

it('names an entry by what it has', () => {
  expect(entryName({ issuer: 'demo', account: 'john.doe' })).toBe('demo, john.doe');
  expect(entryName({ issuer: '', account: 'john.doe' })).toBe('john.doe');
  expect(entryName({ issuer: 'demo', account: '' })).toBe('demo');
  expect(entryName({ issuer: '', account: '' })).toBe('');
});

it('shows a label without a colon whole, in the first line', () => {
  expect(nameLines({ issuer: '', account: 'demo - john.doe - desksecurium' })).toEqual({
    first: 'demo - john.doe - desksecurium',
    second: '',
  });
  expect(nameLines({ issuer: 'demo', account: 'john.doe' })).toEqual({ first: 'demo', second: 'john.doe' });
});

it.each([
  ['demo, john.doe', 'demo, john.doe'],
  ['a'.repeat(60), 'a'.repeat(60)],
  ['a'.repeat(61), `${'a'.repeat(59)}…`],
  ['🔑'.repeat(500), `${'🔑'.repeat(59)}…`],
  [`${'a'.repeat(58)}e\u0301${'b'.repeat(9)}`, `${'a'.repeat(58)}…`],
  [`${'a'.repeat(57)}👩\u200d🚀${'b'.repeat(9)}`, `${'a'.repeat(57)}…`],
  [`${'a'.repeat(58)}👍🏽${'b'.repeat(9)}`, `${'a'.repeat(58)}…`],
  [`${'a'.repeat(56)}   ${'b'.repeat(9)}`, `${'a'.repeat(56)}…`],
])('cuts a name in a sentence: %s', (name, expected) => {
  expect(shortened(name)).toBe(expected);
});
