import { describe, expect, it } from 'vitest';
import { codeSize, grouped, groups, groupSizes, spelled } from './grouping';

describe('grouping', () => {
  it.each([
    ['123456', '123 456'],
    ['1234567', '123 4567'],
    ['12345678', '1234 5678'],
    ['123456789', '123 456 789'],
    ['1234567890', '123 456 7890'],
  ])('parts %s as %s', (code, expected) => {
    expect(grouped(code, 'totp')).toBe(expected);
    expect(groups(code, 'totp').join('')).toBe(code);
  });

  it('keeps leading zeros', () => {
    expect(grouped('000042', 'hotp')).toBe('000 042');
  });

  it('leaves a Steam code whole', () => {
    expect(groups('QH6WP', 'steam')).toEqual(['QH6WP']);
    expect(groupSizes(6, 'steam')).toEqual([6]);
  });

  it('leaves a length that has no rule whole', () => {
    expect(groups('12345', 'totp')).toEqual(['12345']);
  });

  it('spells a code one character at a time', () => {
    expect(spelled('855319')).toBe('8 5 5 3 1 9');
  });

  it('sets long codes smaller', () => {
    expect([5, 6, 7, 8, 9, 10].map(codeSize)).toEqual([
      'size-code',
      'size-code',
      'size-code-8',
      'size-code-8',
      'size-code-10',
      'size-code-10',
    ]);
  });
});
