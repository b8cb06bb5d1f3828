import { describe, expect, it } from 'vitest';
import { EdgeScroll, edgeAt } from './edge-scroll';

/** How far a finger at `edge` has scrolled after `ms`, asked every `everyMs`. */
function scrolled(ms: number, everyMs: number, edge = 1): number {
  const scroll = new EdgeScroll();
  let px = scroll.step(edge, 0);
  for (let now = everyMs; now <= ms; now += everyMs) px += scroll.step(edge, now);
  return px;
}

describe('scrolling at an edge', () => {
  it.each([16, 40, 100, 250, 500])('goes as far with a frame every %i ms', (everyMs) => {
    const whole = Math.floor(4000 / everyMs) * everyMs;
    expect(scrolled(whole, everyMs)).toBeCloseTo(scrolled(whole, whole / 4000), 3);
  });

  it('starts at a speed that the eye follows', () => {
    expect(scrolled(500, 16)).toBeGreaterThan(400);
    expect(scrolled(500, 16)).toBeLessThan(700);
  });

  it('crosses 2,000 rows in a few seconds', () => {
    expect(scrolled(5500, 250)).toBeGreaterThan(2000 * 70);
    expect(scrolled(2000, 250), 'and does not begin with that').toBeLessThan(6000);
  });

  it('goes slower further from the edge, and the other way at the other one', () => {
    expect(scrolled(1000, 50, 0.25)).toBeCloseTo(scrolled(1000, 50) / 4, 3);
    expect(scrolled(1000, 50, -1)).toBeCloseTo(-scrolled(1000, 50), 3);
  });

  it('begins anew after the finger has left the edge', () => {
    const scroll = new EdgeScroll();
    for (let now = 0; now <= 4000; now += 50) scroll.step(1, now);
    expect(scroll.step(0, 4050)).toBe(0);
    expect(scroll.step(1, 5000)).toBe(0);
    expect(scroll.step(1, 5050)).toBeCloseTo(scrolled(50, 50), 3);
    expect(scroll.step(-1, 5100), 'nor does it jump back').toBe(0);
  });

  it('makes no leap after a long stop of the page', () => {
    const scroll = new EdgeScroll();
    scroll.step(1, 0);
    expect(scroll.step(1, 60_000)).toBeCloseTo(scrolled(1000, 50), 3);
  });
});

it('an edge is near its border, above and below alike', () => {
  const bounds = { top: 100, bottom: 900 };
  expect([0, 100, 144, 188, 500, 812, 856, 900, 999].map((y) => edgeAt(y, bounds))).toEqual([-1, -1, -0.5, 0, 0, 0, 0.5, 1, 1]);
});
