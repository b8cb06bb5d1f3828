/** The name of an entry in a sentence. */
export const entryName = (entry: { issuer: string; account: string }) =>
  [entry.issuer, entry.account].filter((part) => part !== '').join(', ');

/** The longest name in a sentence, in characters. */
const SENTENCE_CHARS = 60;

/** Code points that belong to the preceding character. */
const JOINED = /^[\p{M}\p{Emoji_Modifier}\u200d]/u;

/** A name for a sentence on the screen: a long one is truncated between two characters. */
export function shortened(name: string): string {
  const points = Array.from(name);
  if (points.length <= SENTENCE_CHARS) return name;
  let end = SENTENCE_CHARS - 1;
  while (end > 0 && (JOINED.test(points[end] ?? '') || points[end - 1] === '\u200d')) end -= 1;
  return `${points.slice(0, end).join('').trimEnd()}…`;
}

/** The two lines of a row: a label without a colon has no issuer and is shown whole, first. */
export const nameLines = (entry: { issuer: string; account: string }) =>
  entry.issuer === '' ? { first: entry.account, second: '' } : { first: entry.issuer, second: entry.account };
