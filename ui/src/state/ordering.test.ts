import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Row, ViewRequest } from '../ipc';

let rows: Row[] = [];
let revision = 1;
const moves: string[] = [];

vi.mock('../ipc', () => ({
  view: async ({ offset, limit, group }: ViewRequest) => ({
    revision,
    count: rows.length,
    total: rows.length,
    trashed: 0,
    groups: group === 'there' ? [{ id: 'there', name: 'There', count: 0 }] : [],
    rows: rows.slice(offset, offset + limit),
  }),
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

const { Ordering } = await import('./ordering.svelte');
const { Entries } = await import('./entries.svelte');

/** `a*` is a favourite. */
const newRow = (name: string): Row => ({
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
  const made = new Ordering(null);
  await made.refresh();
  return made;
}

const shown = (of: InstanceType<typeof Ordering>) => rows.map((_, at) => of.row(at)?.id).join('');

beforeEach(() => void moves.splice(0));

describe('a row on its way', () => {
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

  it('that is put down where it was saves nothing', async () => {
    const order = await ordering('a', 'b');
    order.lift(0);
    order.step(1);
    order.step(-1);
    expect(await order.putDown()).toBe(0);
    expect(moves).toEqual([]);
  });

  it('stays among its own: favourites are first', async () => {
    const order = await ordering('a*', 'b*', 'c', 'd');
    order.lift(1);
    expect(order.step(1)).toBe(false);
    order.takeBack();
    order.lift(3);
    expect([order.step(-1), order.step(-1)]).toEqual([true, false]);
    await order.putDown();
    expect(moves, 'beside one of its own, not behind a favourite').toEqual(['d before c']);
  });

  it('is let go of when the list changes under it', async () => {
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
  it('that is gone gives way to all', async () => {
    rows = [newRow('a')];
    const list = new Entries();
    await list.choose('there');
    expect([list.group, list.shown.group]).toEqual(['there', 'there']);
    await list.choose('gone');
    expect([list.group, list.shown.group, list.count]).toEqual([null, null, 1]);
  });
});
