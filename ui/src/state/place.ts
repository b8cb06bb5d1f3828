import type { Algorithm, ByHand, Draft, EntryChanges, Kind } from '../ipc';
import type { Screen } from './navigation.svelte';

/** What is typed on the screens above the list, but for secrets. */
export type Typed = {
  /** By hand. */
  hand: ByHand | null;
  /** The names of the draft that is being confirmed. */
  names: { draftId: string; issuer: string; account: string } | null;
  /** The changes to an entry that is being edited. */
  entry: { id: string; changes: EntryChanges } | null;
  /** A secret was typed that no screen keeps. */
  secret: boolean;
};

/** Where the person is: the stack of screens, what is typed there, and the drafts in the order in which they are shown. */
export type Place = { stack: Screen[]; typed: Typed; drafts: string[] };

/** Something is under way here that a lock must not lose. */
const UNDER_WAY: ReadonlySet<Screen['name']> = new Set<Screen['name']>([
  'add',
  'pasteLink',
  'manualEntry',
  'scanner',
  'reviewImport',
  'confirmEntry',
  'edit',
]);

export const isUnderWay = (stack: readonly Screen[]) => stack.length > 0 && stack.every(({ name }) => UNDER_WAY.has(name));

/**
 * Where to go back to after a lock, with the drafts that the core still holds.
 *
 * A draft that is gone was saved, or cannot be: its screen gives way to what is left to do. A draft that the place
 * does not know was read in the moment of the lock: it comes next.
 */
export function stackAfter(place: Place | null, drafts: readonly Draft[]): Screen[] {
  const held = new Set(drafts.map(({ draftId }) => draftId));
  const stack = place?.stack ?? [];
  const gone = stack.some((screen) => screen.name === 'confirmEntry' && !held.has(screen.draftId));
  const [first, ...others] = drafts;
  if (!first) return gone ? [] : stack.filter(({ name }) => name !== 'reviewImport');
  const next: Screen = others.length > 0 ? { name: 'reviewImport' } : { name: 'confirmEntry', draftId: first.draftId };
  if (gone) return [next];
  const unknown = drafts.some(({ draftId }) => !place?.drafts.includes(draftId));
  return unknown ? [...stack.filter(({ name }) => name === 'add'), next] : stack;
}

/** The drafts in the order in which they were shown; the core keeps none. */
export function inOrder(place: Place | null, drafts: readonly Draft[]): Draft[] {
  const rank = ({ draftId }: Draft) => {
    const at = place?.drafts.indexOf(draftId) ?? -1;
    return at < 0 ? drafts.length : at;
  };
  return [...drafts].sort((a, b) => rank(a) - rank(b));
}

/** The place that a text tells; none where it has another shape, such as another version's. */
export function parsePlace(text: string): Place | null {
  try {
    const place: unknown = JSON.parse(text);
    return isPlace(place) ? place : null;
  } catch {
    return null;
  }
}

type Fields = Record<string, unknown>;
const KINDS: readonly unknown[] = ['totp', 'hotp', 'steam'] satisfies Kind[];
const ALGORITHMS: readonly unknown[] = ['SHA1', 'SHA256', 'SHA512'] satisfies Algorithm[];

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const areTexts = (fields: Fields, ...names: string[]) => names.every((name) => typeof fields[name] === 'string');
const areNumbers = (fields: Fields, ...names: string[]) => names.every((name) => Number.isFinite(fields[name]));
const orNone = (value: unknown, is: (fields: Fields) => boolean) => value === null || (isObject(value) && is(value));

function isScreen(value: unknown): boolean {
  if (!isObject(value) || !UNDER_WAY.has(value.name as Screen['name'])) return false;
  if (value.name === 'confirmEntry') return areTexts(value, 'draftId');
  return value.name !== 'edit' || areTexts(value, 'id');
}

const isHand = (hand: Fields) =>
  KINDS.includes(hand.kind) &&
  ALGORITHMS.includes(hand.algorithm) &&
  areTexts(hand, 'issuer', 'account', 'counter') &&
  areNumbers(hand, 'digits', 'period');

const isEntry = ({ id, changes }: Fields) =>
  typeof id === 'string' &&
  isObject(changes) &&
  areTexts(changes, 'issuer', 'account', 'note') &&
  typeof changes.favourite === 'boolean' &&
  (changes.icon === null || typeof changes.icon === 'string');

function isPlace(value: unknown): value is Place {
  if (!isObject(value) || !isObject(value.typed)) return false;
  const { stack, drafts, typed } = value;
  return (
    Array.isArray(stack) &&
    stack.every(isScreen) &&
    Array.isArray(drafts) &&
    drafts.every((id) => typeof id === 'string') &&
    orNone(typed.hand, isHand) &&
    orNone(typed.names, (names) => areTexts(names, 'draftId', 'issuer', 'account')) &&
    orNone(typed.entry, isEntry) &&
    typeof typed.secret === 'boolean'
  );
}
