import type { Algorithm, ManualEntry, Draft, EntryChanges, Kind } from '../ipc';
import type { Screen } from './navigation.svelte';

/** What the user typed on the screens above the list, except secrets. */
export type FormState = {
  /** The fields of manual entry. */
  hand: ManualEntry | null;
  /** The names of the draft that is being confirmed. */
  names: { draftId: string; issuer: string; account: string } | null;
  /** The changes to an entry that is being edited. */
  entry: { id: string; changes: EntryChanges } | null;
  /** A secret was typed. It is not part of the state, so the user has to type it again. */
  secret: boolean;
};

/** What the user was doing: the stack of screens, what is typed there, and the drafts in the order in which they are shown. */
export type UiState = { stack: Screen[]; form: FormState; drafts: string[] };

/** Screens with unfinished work, which a lock must not lose. */
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
 * The screens to show after a lock, given the drafts that the core still has.
 *
 * A draft that is gone was saved, or can no longer be saved: its screen is replaced by what is left to do. A draft that
 * the saved state does not list was read just before the lock: it is shown next.
 */
export function stackAfter(saved: UiState | null, drafts: readonly Draft[]): Screen[] {
  const present = new Set(drafts.map(({ draftId }) => draftId));
  const stack = saved?.stack ?? [];
  const gone = stack.some((screen) => screen.name === 'confirmEntry' && !present.has(screen.draftId));
  const [first, ...others] = drafts;
  if (!first) return gone ? [] : stack.filter(({ name }) => name !== 'reviewImport');
  const next: Screen = others.length > 0 ? { name: 'reviewImport' } : { name: 'confirmEntry', draftId: first.draftId };
  if (gone) return [next];
  const unknown = drafts.some(({ draftId }) => !saved?.drafts.includes(draftId));
  return unknown ? [...stack.filter(({ name }) => name === 'add'), next] : stack;
}

/** Sorts the drafts as they were shown before the lock; the core does not keep their order. */
export function inOrder(saved: UiState | null, drafts: readonly Draft[]): Draft[] {
  const rank = ({ draftId }: Draft) => {
    const at = saved?.drafts.indexOf(draftId) ?? -1;
    return at < 0 ? drafts.length : at;
  };
  return [...drafts].sort((a, b) => rank(a) - rank(b));
}

/** Parses a saved state; null when it has another shape or an unknown screen. */
export function parseUiState(text: string): UiState | null {
  try {
    const state: unknown = JSON.parse(text);
    return isUiState(state) ? state : null;
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

function isUiState(value: unknown): value is UiState {
  if (!isObject(value) || !isObject(value.form)) return false;
  const { stack, drafts, form } = value;
  return (
    Array.isArray(stack) &&
    stack.every(isScreen) &&
    Array.isArray(drafts) &&
    drafts.every((id) => typeof id === 'string') &&
    orNone(form.hand, isHand) &&
    orNone(form.names, (names) => areTexts(names, 'draftId', 'issuer', 'account')) &&
    orNone(form.entry, isEntry) &&
    typeof form.secret === 'boolean'
  );
}
