import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HUES, hueOf, letterOf } from './letter';

const named = (issuer: string, account = '') => ({ issuer, account });

describe('the letter of a name', () => {
  it.each([
    ['demo', 'x', 'D'],
    ['élan', '', 'É'],
    ['', 'john.doe', 'J'],
    ['(2FA) portal', '', '2'],
    ['ßeta', '', 'S'],
    ['🔑', 'key', 'K'],
    ['\u3164Demo', '', 'D'],
    ['\u115f', 'john.doe', 'J'],
    ['', '', '?'],
  ])('of “%s” and “%s” is %s', (issuer, account, letter) => {
    expect(letterOf(named(issuer, account))).toBe(letter);
  });
});

describe('the colour of a name', () => {
  it('is the same for the same name, whatever its case and its account', () => {
    expect(hueOf(named('Société générale', 'a'))).toBe(hueOf(named('SOCIETE GENERALE', 'b')));
    // A fixed figure: it must not change from one version to the next.
    expect(hueOf(named('GitHub'))).toBe(60);
  });

  it('differs among names', () => {
    const hues = Array.from({ length: 200 }, (_, at) => hueOf(named(`Service ${at}`)));
    expect(new Set(hues).size).toBe(HUES);
  });
});

/** WCAG 2.2, relative luminance. */
function luminance(hue: number, saturation: number, lightness: number): number {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(4);
}

it('can be read in every colour, in light and in dark', () => {
  const css = readFileSync(join(import.meta.dirname, '../tokens.css'), 'utf8');
  const all = (role: string) =>
    [...css.matchAll(new RegExp(`--tile-${role}: (\\d+)% (\\d+)%;`, 'g'))].map(
      ([, s, l]) => [Number(s) / 100, Number(l) / 100] as const,
    );
  const [grounds, inks] = [all('ground'), all('ink')];
  // In light, in dark, and in the dark of the system.
  expect([grounds.length, inks.length]).toEqual([3, 3]);
  for (const [at, ground] of grounds.entries()) {
    const ink = inks[at] ?? [0, 0];
    for (let hue = 0; hue < 360; hue += 360 / HUES) {
      const [a, b] = [luminance(hue, ...ground), luminance(hue, ...ink)].sort((x, y) => y - x) as [number, number];
      expect((a + 0.05) / (b + 0.05), `${hue}°`).toBeGreaterThan(4.5);
    }
  }
});
