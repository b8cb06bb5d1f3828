import { describe, expect, it } from 'vitest';
import type { Draft } from '../ipc';
import { inOrder, isUnderWay, parsePlace, stackAfter, type Place } from './place';

const draft = (draftId: string) => ({ draftId }) as Draft;
const place = (stack: Place['stack'], drafts: string[] = []): Place => ({
  stack,
  typed: { hand: null, names: null, entry: null, secret: false },
  drafts,
});
const FULL: Place = {
  stack: [{ name: 'add' }, { name: 'reviewImport' }, { name: 'confirmEntry', draftId: 'a' }],
  typed: {
    hand: { kind: 'hotp', issuer: 'Portail', account: '', algorithm: 'SHA256', digits: 8, period: 30, counter: '7' },
    names: { draftId: 'a', issuer: 'Portail', account: 'moi' },
    entry: { id: 'e', changes: { issuer: 'x', account: '', note: 'n', favourite: true, icon: 'github' } },
    secret: true,
  },
  drafts: ['a', 'b'],
};

describe('a place that was kept', () => {
  it('comes back as it was', () => {
    expect(parsePlace(JSON.stringify(FULL))).toEqual(FULL);
    const bare = place([{ name: 'edit', id: 'e' }]);
    expect(parsePlace(JSON.stringify(bare))).toEqual(bare);
  });

  const { typed } = FULL;
  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['nothing', null],
    ['a list', []],
    ['a screen that is not kept', { ...FULL, stack: [{ name: 'settings' }] }],
    ['a screen of no name', { ...FULL, stack: ['add'] }],
    ['a confirmation of no draft', { ...FULL, stack: [{ name: 'confirmEntry' }] }],
    ['a change to no entry', { ...FULL, stack: [{ name: 'edit' }] }],
    ['no stack', { ...FULL, stack: undefined }],
    ['drafts that are no texts', { ...FULL, drafts: [1] }],
    ['nothing typed', { ...FULL, typed: undefined }],
    ['another kind', { ...FULL, typed: { ...typed, hand: { ...typed.hand, kind: 'motp' } } }],
    ['another algorithm', { ...FULL, typed: { ...typed, hand: { ...typed.hand, algorithm: 'MD5' } } }],
    ['digits that are a text', { ...FULL, typed: { ...typed, hand: { ...typed.hand, digits: '6' } } }],
    ['names without an account', { ...FULL, typed: { ...typed, names: { draftId: 'a', issuer: 'x' } } }],
    ['changes without a note', { ...FULL, typed: { ...typed, entry: { id: 'e', changes: { issuer: '', account: '', favourite: true } } } }],
    ['a secret that was sent', { ...FULL, typed: { ...typed, secret: 'JBSWY3DP' } }],
  ])('is ignored where it is %s', (_, value) => {
    expect(parsePlace(typeof value === 'string' ? value : JSON.stringify(value))).toBeNull();
  });
});

describe('where to go back to', () => {
  const confirm = (draftId: string) => ({ name: 'confirmEntry', draftId }) as const;
  const [add, reviewImport, scanner, manualEntry] = [{ name: 'add' }, { name: 'reviewImport' }, { name: 'scanner' }, { name: 'manualEntry' }] as const;

  it('is where the lock came', () => {
    expect(stackAfter(place([add, confirm('a')], ['a']), [draft('a')])).toEqual([add, confirm('a')]);
    expect(stackAfter(place([add, manualEntry]), [])).toEqual([add, manualEntry]);
    expect(stackAfter(null, [])).toEqual([]);
  });

  it('is the list where the draft was saved in that moment', () => {
    expect(stackAfter(place([add, confirm('a')], ['a']), [])).toEqual([]);
  });

  it('is what is left of several where one was saved in that moment', () => {
    const of = place([add, reviewImport, confirm('a')], ['a', 'b', 'c']);
    expect(stackAfter(of, [draft('b'), draft('c')])).toEqual([reviewImport]);
    expect(stackAfter(of, [draft('b')])).toEqual([confirm('b')]);
  });

  it('is the draft that was read in the moment of the lock', () => {
    expect(stackAfter(place([add, scanner]), [draft('a')])).toEqual([add, confirm('a')]);
    expect(stackAfter(place([scanner]), [draft('a'), draft('b')])).toEqual([reviewImport]);
    expect(stackAfter(null, [draft('a')])).toEqual([confirm('a')]);
  });

  it('is not a choice among nothing', () => {
    expect(stackAfter(place([add, reviewImport], ['a']), [])).toEqual([add]);
  });

  it('keeps a draft that was left for the screen before', () => {
    expect(stackAfter(place([add], ['a']), [draft('a')])).toEqual([add]);
  });
});

it('keeps the order in which the drafts were shown, unknown ones last', () => {
  const order = inOrder(place([], ['a', 'b']), [draft('x'), draft('b'), draft('a')]);
  expect(order.map(({ draftId }) => draftId)).toEqual(['a', 'b', 'x']);
});

it('is kept only where something is under way', () => {
  expect(isUnderWay([{ name: 'add' }, { name: 'manualEntry' }])).toBe(true);
  expect(isUnderWay([{ name: 'edit', id: 'e' }])).toBe(true);
  expect(isUnderWay([])).toBe(false);
  expect(isUnderWay([{ name: 'settings' }])).toBe(false);
  expect(isUnderWay([{ name: 'saved', id: 'e' }])).toBe(false);
});
