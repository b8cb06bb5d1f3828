import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListRow, ListRequest } from '../ipc';

let rows: ListRow[] = [];
const GROUP = 'work';
/** The ids of the entries that are in the group. */
let inGroup: string[] = [];
let asked: ListRequest[] = [];

vi.mock('../ipc', () => ({
  listEntries: async (request: ListRequest) => {
    asked.push(request);
    const { query, group, offset, limit, indexOf } = request;
    const found = rows.filter(({ id, issuer }) => issuer.includes(query) && (group === null || inGroup.includes(id)));
    const index = found.findIndex(({ id }) => id === indexOf);
    return {
      revision: 1,
      count: found.length,
      total: rows.length,
      trashed: 0,
      groups: [{ id: GROUP, name: 'Work', count: inGroup.length }],
      rows: found.slice(offset, offset + limit),
      index: index < 0 ? null : index,
    };
  },
  toCommandError: (error: unknown) => error,
}));
vi.mock('./settings.svelte', () => ({ settings: { appearance: { sort: 'name' } } }));

const { Entries } = await import('./entries.svelte');

const newRow = (index: number): ListRow => ({
  id: `id-${index}`,
  kind: 'totp',
  issuer: `Entry ${index}`,
  account: '',
  favourite: false,
  digits: 6,
  issuerMatches: [],
  accountMatches: [],
  icon: null,
  daysLeft: null,
});

async function list() {
  const made = new Entries();
  await made.refresh();
  asked = [];
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
  rows = Array.from({ length: 1000 }, (_, index) => newRow(index));
  inGroup = ['id-3', 'id-4'];
});

describe('an entry that was added', () => {
  it('is listed among all entries, whatever was searched', async () => {
    const entries = await list();
    await entries.search('Entry 70');
    await entries.choose(GROUP);
    await entries.bringNew(['id-702']);
    expect([entries.query, entries.group, entries.shown.query, entries.shown.group]).toEqual(['', null, '', null]);
    expect(entries.count).toBe(1000);
    expect(entries.aim).toEqual({ id: 'id-702', index: 702 });
    expect(entries.row(702)?.id).toBe('id-702');
  });

  it('is loaded with its neighbours, and no others', async () => {
    const entries = await list();
    await entries.bringNew(['id-702']);
    expect(entries.row(690)?.id).toBe('id-690');
    expect(entries.row(715)?.id).toBe('id-715');
    expect(asked.map(({ offset, indexOf }) => [offset, indexOf])).toEqual([
      [0, 'id-702'],
      [650, null],
      [700, null],
    ]);
  });

  it('is highlighted for a while, with the others of the same import', async () => {
    const entries = await list();
    await entries.bringNew(['id-1', 'id-500']);
    expect(entries.aim?.index).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect([...entries.fresh], 'as long as it was not seen').toEqual(['id-1', 'id-500']);
    entries.arrived();
    expect(entries.aim).toBeNull();
    vi.advanceTimersByTime(3000);
    expect([...entries.fresh]).toEqual(['id-1', 'id-500']);
    vi.advanceTimersByTime(3000);
    expect([...entries.fresh]).toEqual([]);
  });
});

describe('an entry that was restored or changed', () => {
  it('stays in the search that finds it', async () => {
    const entries = await list();
    await entries.search('Entry 70');
    await entries.bring(['id-702']);
    expect(entries.shown.query).toBe('Entry 70');
    expect(entries.aim).toEqual({ id: 'id-702', index: 3 });
  });

  it('is listed among all entries if the search or the group does not contain it', async () => {
    const entries = await list();
    await entries.choose(GROUP);
    await entries.bring(['id-4']);
    expect([entries.shown.group, entries.aim?.index]).toEqual([GROUP, 1]);
    await entries.bring(['id-5']);
    expect([entries.group, entries.shown.group, entries.aim?.index]).toEqual([null, null, 5]);
  });

  it('changes nothing where it is gone', async () => {
    const entries = await list();
    await entries.bring(['gone']);
    expect([entries.aim, entries.count]).toEqual([null, 1000]);
    await entries.refresh();
    expect(asked.at(-1)?.indexOf, 'it is not looked for again').toBeNull();
  });
});

describe('a search that is started in the meantime', () => {
  it('lists what it finds', async () => {
    const entries = await list();
    const brought = entries.bring(['id-702']);
    await entries.search('Entry 1');
    await brought;
    expect([entries.query, entries.shown.query, entries.aim]).toEqual(['Entry 1', 'Entry 1', null]);
  });
});

it('leaves nothing of it after a lock', async () => {
  const entries = await list();
  await entries.bringNew(['id-702']);
  entries.clear();
  expect([entries.aim, entries.fresh.size, entries.count]).toEqual([null, 0, 0]);
});
