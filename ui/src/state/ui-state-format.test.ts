import { describe, expect, it } from 'vitest';
import type { Draft } from '../ipc';
import { inOrder, isUnderWay, parseUiState, stackAfter, type UiState } from './ui-state-format';

const draft = (draftId: string) => ({ draftId }) as Draft;
const uiState = (stack: UiState['stack'], drafts: string[] = []): UiState => ({
  stack,
  form: { hand: null, names: null, entry: null, secret: false },
  drafts,
});
const FULL: UiState = {
  stack: [{ name: 'add' }, { name: 'reviewImport' }, { name: 'confirmEntry', draftId: 'a' }],
  form: {
    hand: { kind: 'hotp', issuer: 'Portail', account: '', algorithm: 'SHA256', digits: 8, period: 30, counter: '7' },
    names: { draftId: 'a', issuer: 'Portail', account: 'moi' },
    entry: { id: 'e', changes: { issuer: 'x', account: '', note: 'n', favourite: true, icon: 'github' } },
    secret: true,
  },
  drafts: ['a', 'b'],
};

describe('a place that was kept', () => {
  it('comes back as it was', () => {
    expect(parseUiState(JSON.stringify(FULL))).toEqual(FULL);
    const bare = uiState([{ name: 'edit', id: 'e' }]);
    expect(parseUiState(JSON.stringify(bare))).toEqual(bare);
  });

  const { form } = FULL;
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
    ['no form', { ...FULL, form: undefined }],
    ['another kind', { ...FULL, form: { ...form, hand: { ...form.hand, kind: 'motp' } } }],
    ['another algorithm', { ...FULL, form: { ...form, hand: { ...form.hand, algorithm: 'MD5' } } }],
    ['digits that are a text', { ...FULL, form: { ...form, hand: { ...form.hand, digits: '6' } } }],
    ['names without an account', { ...FULL, form: { ...form, names: { draftId: 'a', issuer: 'x' } } }],
    ['changes without a note', { ...FULL, form: { ...form, entry: { id: 'e', changes: { issuer: '', account: '', favourite: true } } } }],
    ['a secret that was sent', { ...FULL, form: { ...form, secret: 'JBSWY3DP' } }],
  ])('is ignored where it is %s', (_, value) => {
    expect(parseUiState(typeof value === 'string' ? value : JSON.stringify(value))).toBeNull();
  });
});

describe('the screens after a lock', () => {
  const confirm = (draftId: string) => ({ name: 'confirmEntry', draftId }) as const;
  const [add, reviewImport, scanner, manualEntry] = [{ name: 'add' }, { name: 'reviewImport' }, { name: 'scanner' }, { name: 'manualEntry' }] as const;

  it('are those of before the lock', () => {
    expect(stackAfter(uiState([add, confirm('a')], ['a']), [draft('a')])).toEqual([add, confirm('a')]);
    expect(stackAfter(uiState([add, manualEntry]), [])).toEqual([add, manualEntry]);
    expect(stackAfter(null, [])).toEqual([]);
  });

  it('are none when the draft was saved just before the lock', () => {
    expect(stackAfter(uiState([add, confirm('a')], ['a']), [])).toEqual([]);
  });

  it('show the remaining drafts when one was saved just before the lock', () => {
    const of = uiState([add, reviewImport, confirm('a')], ['a', 'b', 'c']);
    expect(stackAfter(of, [draft('b'), draft('c')])).toEqual([reviewImport]);
    expect(stackAfter(of, [draft('b')])).toEqual([confirm('b')]);
  });

  it('show a draft that was read just before the lock', () => {
    expect(stackAfter(uiState([add, scanner]), [draft('a')])).toEqual([add, confirm('a')]);
    expect(stackAfter(uiState([scanner]), [draft('a'), draft('b')])).toEqual([reviewImport]);
    expect(stackAfter(null, [draft('a')])).toEqual([confirm('a')]);
  });

  it('leave out the review when no draft is left', () => {
    expect(stackAfter(uiState([add, reviewImport], ['a']), [])).toEqual([add]);
  });

  it('do not show again a draft that the user had left', () => {
    expect(stackAfter(uiState([add], ['a']), [draft('a')])).toEqual([add]);
  });
});

it('sorts the drafts as they were shown, unknown ones last', () => {
  const order = inOrder(uiState([], ['a', 'b']), [draft('x'), draft('b'), draft('a')]);
  expect(order.map(({ draftId }) => draftId)).toEqual(['a', 'b', 'x']);
});

it('counts only screens with unfinished work as under way', () => {
  expect(isUnderWay([{ name: 'add' }, { name: 'manualEntry' }])).toBe(true);
  expect(isUnderWay([{ name: 'edit', id: 'e' }])).toBe(true);
  expect(isUnderWay([])).toBe(false);
  expect(isUnderWay([{ name: 'settings' }])).toBe(false);
  expect(isUnderWay([{ name: 'saved', id: 'e' }])).toBe(false);
});
