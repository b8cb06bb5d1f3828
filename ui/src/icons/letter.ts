import { plain } from './match';

/** The number of hues that can be told apart, at equal distances. */
export const HUES = 12;

/** Fillers are letters in Unicode, but invisible. */
const LETTER_OR_DIGIT = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/** The letter for an entry without an icon: the first visible letter or digit of its name, in upper case. */
export function letterOf({ issuer, account }: { issuer: string; account: string }): string {
  for (const name of [issuer, account]) {
    const [first] = name.match(LETTER_OR_DIGIT) ?? [];
    // “ß” becomes two capitals, of which one fits.
    if (first) return Array.from(first.toLocaleUpperCase())[0] ?? first;
  }
  return '?';
}

/** A hue in degrees that stays the same for the same name (FNV-1a, 32 bits). */
export function hueOf({ issuer, account }: { issuer: string; account: string }): number {
  let hash = 0x811c9dc5;
  for (const char of plain(issuer) || plain(account)) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return (hash % HUES) * (360 / HUES);
}
