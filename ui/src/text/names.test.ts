import { expect, it } from 'vitest';
import { entryName, nameLines } from './names';

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
