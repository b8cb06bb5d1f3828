import { describe, expect, it } from 'vitest';
import { covered } from './keyboard';

describe('a keyboard on the screen', () => {
  it('covers what the visual viewport lacks', () => {
    expect(covered(844, { height: 508, offsetTop: 0, scale: 1 })).toBe(336);
    expect(covered(844, { height: 508, offsetTop: 100, scale: 1 })).toBe(236);
  });

  it('covers nothing where there is none, or where the page is zoomed', () => {
    expect(covered(844, { height: 844, offsetTop: 0, scale: 1 })).toBe(0);
    expect(covered(844, { height: 844.4, offsetTop: 0, scale: 1 })).toBe(0);
    expect(covered(844, { height: 422, offsetTop: 0, scale: 2 })).toBe(0);
  });
});
