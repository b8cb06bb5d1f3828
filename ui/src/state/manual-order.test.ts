import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListRow, ListRequest } from '../ipc';

let rows: ListRow[] = [];
let revision = 1;
const moves: string[] = [];

/** Pages from this index on do not load. */
let unanswered = Infinity;

vi.mock('../ipc', () => ({
  listEntries: async ({ offset, limit, group }: ListRequest) => {
    if (offset >= unanswered) await new Promise(() => {});
    return {
      revision,
      count: rows.length,
      favourites: rows.filter(({ favourite }) => favourite).length,
      total: rows.length,
      damaged: 0,
      trashed: 0,
      groups: group === 'there' ? [{ id: 'there', name: 'There', count: 0 }] : [],
      rows: rows.slice(offset, offset + limit),
    };
  },
  moveEntry: async (id: string, side: string, other: string) => {
    moves.push(`${id} ${side} ${other}`);
    const [row] = rows.splice(
      rows.findIndex((one) => one.id === id),
      1,
    );
    const at = rows.findIndex((one) => one.id === other);
    if (row) rows.splice(side === 'after' ? at + 1 : at, 0, row);
    revision += 1;
  },
  toCommandError: (error: unknown) => error,
}));
vi.mock('./settings.svelte', () => ({ settings: { appearance: { sort: 'name' } } }));

const { ManualOrder } = await import('./manual-order.svelte');
const { Entries } = await import('./entries.svelte');

/** `a*` is a favourite. */
const newRow = (name: string): ListRow => ({
  id: name.replace('*', ''),
  kind: 'totp',
  issuer: name,
  account: '',
  favourite: name.endsWith('*'),
  digits: 6,
  issuerMatches: [],
  accountMatches: [],
  icon: null,
  daysLeft: null,
});

async function ordering(...names: string[]) {
  rows = names.map(newRow);
  const made = new ManualOrder(null);
  await made.refresh();
  return made;
}

const shown = (of: InstanceType<typeof ManualOrder>) => rows.map((_, at) => of.row(at)?.id).join('');

beforeEach(() => {
  moves.splice(0);
  unanswered = Infinity;
});

describe('a lifted row', () => {
  it('is shown where it is, the others beside it, and nothing is saved', async () => {
    const order = await ordering('a', 'b', 'c', 'd');
    expect(order.lift(1)).toBe(true);
    expect(order.step(1)).toBe(true);
    expect(order.step(1)).toBe(true);
    expect(shown(order)).toBe('acdb');
    expect(order.step(1), 'the end').toBe(false);
    for (let step = 0; step < 3; step += 1) order.step(-1);
    expect(shown(order)).toBe('bacd');
    order.takeBack();
    expect(shown(order)).toBe('abcd');
    expect(moves).toEqual([]);
  });

  it('cannot be a damaged entry, but moves past one', async () => {
    const order = await ordering('a', 'b', 'c');
    rows = rows.map((row) => (row.id === 'b' ? { ...row, kind: 'damaged' } : row));
    await order.refresh();
    expect(order.lift(1)).toBe(false);
    expect(order.lift(0)).toBe(true);
    expect(order.step(1)).toBe(true);
    await order.putDown();
    expect(moves).toEqual(['a after b']);
  });

  it('is put beside its new neighbour, in one command', async () => {
    const order = await ordering('a', 'b', 'c', 'd');
    order.lift(3);
    order.step(-1);
    expect(await order.putDown()).toBe(2);
    order.lift(2);
    order.step(-1);
    order.step(-1);
    expect(await order.putDown()).toBe(0);
    expect(moves).toEqual(['d after b', 'd before a']);
    expect(shown(order)).toBe('dabc');
    expect(order.lifted).toBeNull();
  });

  it('is not saved when it is put down where it was', async () => {
    const order = await ordering('a', 'b');
    order.lift(0);
    order.step(1);
    order.step(-1);
    expect(await order.putDown()).toBe(0);
    expect(moves).toEqual([]);
  });

  it('stays among favourites, or among the others', async () => {
    const order = await ordering('a*', 'b*', 'c', 'd');
    order.lift(1);
    expect(order.step(1)).toBe(false);
    order.takeBack();
    order.lift(3);
    expect([order.step(-1), order.step(-1)]).toEqual([true, false]);
    await order.putDown();
    expect(moves, 'beside one of its own, not behind a favourite').toEqual(['d before c']);
  });

  it('moves to any place at once, over pages that are not loaded', async () => {
    const order = await ordering(...Array.from({ length: 2000 }, (_, at) => `n${at}`));
    unanswered = 50;
    order.lift(4);
    expect(order.moveTo(1500)).toBe(true);
    expect(order.lifted?.to).toBe(1500);
    expect([order.row(1499)?.id, order.row(1500)?.id, order.row(4)?.id]).toEqual([undefined, 'n4', 'n5']);
    expect(order.moveTo(9999)).toBe(true);
    expect(order.lifted?.to, 'the last place').toBe(1999);
    expect(order.step(1), 'the end').toBe(false);
    expect(order.step(-1)).toBe(true);
    expect(order.moveTo(-7)).toBe(true);
    expect(order.lifted?.to).toBe(0);
    expect(order.moveTo(0), 'it is there').toBe(false);
  });

  it('is put beside neighbours that are loaded only then', async () => {
    const order = await ordering(...Array.from({ length: 2000 }, (_, at) => `n${at}`));
    order.lift(4);
    order.moveTo(1500);
    expect(await order.putDown()).toBe(1500);
    expect(moves).toEqual(['n4 after n1500']);
    expect(rows[1500]?.id).toBe('n4');
    order.want([{ first: 0, last: 5 }]);
    order.lift(0);
    order.moveTo(1999);
    await order.putDown();
    expect(moves.at(-1)).toBe('n0 after n1999');
  });

  it('stays among favourites, or among the others, however far it moves', async () => {
    const favourites = Array.from({ length: 120 }, (_, at) => `f${at}*`);
    const order = await ordering(...favourites, ...Array.from({ length: 500 }, (_, at) => `n${at}`));
    order.lift(3);
    order.moveTo(400);
    expect(order.lifted?.to).toBe(119);
    await order.putDown();
    expect(moves).toEqual(['f3 after f119']);
    order.want([{ first: 550, last: 600 }]);
    await vi.waitFor(() => expect(order.row(560)).toBeDefined());
    order.lift(560);
    order.moveTo(0);
    expect(order.lifted?.to).toBe(120);
    await order.putDown();
    expect(moves.at(-1), 'not behind a favourite').toBe('n440 before n0');
  });

  it('is dropped when the list changes', async () => {
    const order = await ordering('a', 'b', 'c');
    order.lift(0);
    order.step(1);
    rows.push(newRow('e'));
    revision += 1;
    await order.refresh();
    expect(order.lifted).toBeNull();
    expect(shown(order)).toBe('abce');
    expect(await order.putDown()).toBeNull();
    expect(moves).toEqual([]);
  });
});

describe('a group', () => {
  it('that was removed is replaced by all entries', async () => {
    rows = [newRow('a')];
    const list = new Entries();
    await list.choose('there');
    expect([list.group, list.shown.group]).toEqual(['there', 'there']);
    await list.choose('gone');
    expect([list.group, list.shown.group, list.count]).toEqual([null, null, 1]);
  });
});
