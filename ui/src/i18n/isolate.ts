/** First strong isolate and its end: a text between them has its own direction and does not affect its surroundings. */
const FSI = '\u2068';
const PDI = '\u2069';

/** Values that are numbers or texts of this app. All others are isolated. */
export const OWN_TEXTS: ReadonlySet<string> = new Set([
  'act',
  'algorithm',
  'digits',
  'label',
  'missing',
  'order',
  'text',
  'time',
  'way',
]);

const EMBEDDINGS = /[\u202a\u202b\u202d\u202e]/;
const ISOLATES = /[\u2066-\u2068]/;
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Whether all direction controls of a text are closed within it, in order. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const [control] of text.matchAll(CONTROLS)) {
    if (EMBEDDINGS.test(control)) open.push('\u202c');
    else if (ISOLATES.test(control)) open.push(PDI);
    else if (open.pop() !== control) return false;
  }
  return open.length === 0;
}

/**
 * A text as it stands within another one, whatever its direction (UAX #9).
 *
 * Direction controls that would reach beyond its end are left out.
 */
export const isolate = (text: string) => `${FSI}${isBalanced(text) ? text : text.replace(CONTROLS, '')}${PDI}`;

/** The values of a sentence, with each text that comes from elsewhere (a name, an issuer, a vendor) isolated. */
export function isolateValues(values: Record<string, string | number>): Record<string, string | number> {
  const isForeign = (name: string, value: string | number): value is string =>
    typeof value === 'string' && !OWN_TEXTS.has(name) && !/^\d*$/.test(value);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isForeign(name, value) ? isolate(value) : value]),
  );
}
