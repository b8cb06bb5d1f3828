import type { Span } from '../ipc';

export type Piece = { text: string; marked: boolean };

/** Splits a text at its matches (UTF-16 units) for highlighting. */
export function pieces(text: string, matches: Span[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { start, end } of matches) {
    if (start > at) found.push({ text: text.slice(at, start), marked: false });
    found.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), marked: false });
  return found;
}
