import type { Revealed, Row, ViewPage, ViewRequest } from '../../src/ipc/wire';
import type { Core } from './core';

const PERIOD_MS = 30_000;
/** Some names wrap, and some have no account, so rows differ in height. */
const nameOf = (index: number) => (index % 7 === 3 ? `Entrée ${index} de la caisse de compensation cantonale` : `Entrée ${index}`);

type Move = { id: string; side: 'before' | 'after'; other: string };

const newRow = (index: number): Row => ({
  id: `id-${index}`,
  kind: 'totp',
  issuer: nameOf(index),
  account: index % 5 === 0 ? '' : `john.doe.${index}`,
  favourite: false,
  icon: null,
  digits: 6,
  issuerMatches: [],
  accountMatches: [],
  daysLeft: null,
});

/** Replaces the core's entries by this many, which would take minutes to save. All other commands reach the core. */
export class ManyEntries {
  rows: Row[];
  trash: Row[] = [];
  revision = 1;
  readonly views: ViewRequest[] = [];
  readonly revealed: string[][] = [];
  /** The moves of entries: side and neighbour. */
  readonly moves: string[] = [];

  constructor(core: Core, count: number) {
    this.rows = Array.from({ length: count }, (_, index) => newRow(index));
    const send = core.send.bind(core);
    core.send = async (call) => {
      const answer = this.#commands[call.cmd];
      return answer ? { ok: answer(call.args as never) } : send(call);
    };
  }

  /** A new first entry. */
  insert(): void {
    this.rows.unshift({ ...newRow(this.rows.length), issuer: 'Nouvelle' });
    this.revision += 1;
  }

  #commands: Record<string, (args: never) => unknown> = {
    view: ({ request }: { request: ViewRequest }) => this.#view(request),
    reveal: ({ id }: { id: string }) => this.#reveal([id])[0],
    reveal_visible: ({ ids }: { ids: string[] }) => this.#reveal(ids),
    trash_entry: ({ id }: { id: string }) => this.#move(id, this.rows, this.trash),
    move_entry: (move: Move) => this.#put(move),
    restore_entry: ({ id }: { id: string }) => this.#move(id, this.trash, this.rows),
  } satisfies Record<string, (args: never) => unknown>;

  #view(request: ViewRequest): ViewPage {
    this.views.push(request);
    const all = request.trash ? this.trash : this.rows;
    const found = all.filter(({ issuer }) => issuer.toLowerCase().includes(request.query.toLowerCase()));
    const rows = found.slice(request.offset, request.offset + request.limit);
    const place = found.findIndex(({ id }) => id === request.placeOf);
    const favourites = found.filter(({ favourite }) => favourite).length;
    const counts = { count: found.length, favourites, total: this.rows.length, damaged: 0, trashed: this.trash.length };
    return { revision: this.revision, ...counts, groups: [], rows, place: place < 0 ? null : place };
  }

  #reveal(ids: string[]): Revealed[] {
    this.revealed.push(ids);
    const nowMs = Date.now();
    const validFromMs = Math.floor(nowMs / PERIOD_MS) * PERIOD_MS;
    const window = { validFromMs, validUntilMs: validFromMs + PERIOD_MS };
    return ids.map((id) => ({ id, code: '855319', shown: { by: 'time', validFromMs }, ...window, next: '755224', nowMs }));
  }

  #put({ id, side, other }: Move): null {
    this.moves.push(`${id} ${side} ${other}`);
    const [row] = this.rows.splice(this.rows.findIndex((one) => one.id === id), 1);
    const at = this.rows.findIndex((one) => one.id === other);
    if (row) this.rows.splice(side === 'after' ? at + 1 : at, 0, row);
    this.revision += 1;
    return null;
  }

  /** Moves an entry between the list and the trash, both in the original order. */
  #move(id: string, from: Row[], to: Row[]): null {
    const number = (row: Row) => Number(row.id.slice(3));
    to.push(...from.splice(from.findIndex((row) => row.id === id), 1));
    to.sort((a, b) => number(a) - number(b));
    this.revision += 1;
    return null;
  }
}

