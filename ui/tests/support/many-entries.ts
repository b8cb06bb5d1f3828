import type { RevealedCode, ListRow, ListPage, ListRequest } from '../../src/ipc/wire';
import type { Core } from './core';

const PERIOD_MS = 30_000;
/** Some names wrap, and some have no account, so rows differ in height. */
const nameOf = (index: number) => (index % 7 === 3 ? `Entrée ${index} de la caisse de compensation cantonale` : `Entrée ${index}`);

type Move = { id: string; placement: 'before' | 'after'; other: string };

const newRow = (index: number): ListRow => ({
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
  rows: ListRow[];
  trash: ListRow[] = [];
  revision = 1;
  readonly views: ListRequest[] = [];
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
    list_entries: ({ request }: { request: ListRequest }) => this.#view(request),
    reveal: ({ id }: { id: string }) => this.#reveal([id])[0],
    reveal_visible: ({ ids }: { ids: string[] }) => this.#reveal(ids),
    trash_entry: ({ id }: { id: string }) => this.#move(id, this.rows, this.trash),
    move_entry: (move: Move) => this.#put(move),
    restore_entry: ({ id }: { id: string }) => this.#move(id, this.trash, this.rows),
  } satisfies Record<string, (args: never) => unknown>;

  #view(request: ListRequest): ListPage {
    this.views.push(request);
    const all = request.trash ? this.trash : this.rows;
    const found = all.filter(({ issuer }) => issuer.toLowerCase().includes(request.query.toLowerCase()));
    const rows = found.slice(request.offset, request.offset + request.limit);
    const index = found.findIndex(({ id }) => id === request.indexOf);
    const favourites = found.filter(({ favourite }) => favourite).length;
    const counts = { count: found.length, favourites, total: this.rows.length, damaged: 0, trashed: this.trash.length };
    return { revision: this.revision, ...counts, groups: [], rows, index: index < 0 ? null : index };
  }

  #reveal(ids: string[]): RevealedCode[] {
    this.revealed.push(ids);
    const nowMs = Date.now();
    const validFromMs = Math.floor(nowMs / PERIOD_MS) * PERIOD_MS;
    const window = { validFromMs, validUntilMs: validFromMs + PERIOD_MS };
    return ids.map((id) => ({ id, code: '855319', codeRef: { by: 'time', validFromMs }, ...window, next: '755224', nowMs }));
  }

  #put({ id, placement, other }: Move): null {
    this.moves.push(`${id} ${placement} ${other}`);
    const [row] = this.rows.splice(this.rows.findIndex((one) => one.id === id), 1);
    const at = this.rows.findIndex((one) => one.id === other);
    if (row) this.rows.splice(placement === 'after' ? at + 1 : at, 0, row);
    this.revision += 1;
    return null;
  }

  /** Moves an entry between the list and the trash, both in the original order. */
  #move(id: string, from: ListRow[], to: ListRow[]): null {
    const number = (row: ListRow) => Number(row.id.slice(3));
    to.push(...from.splice(from.findIndex((row) => row.id === id), 1));
    to.sort((a, b) => number(a) - number(b));
    this.revision += 1;
    return null;
  }
}

