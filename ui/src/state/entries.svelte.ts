import * as ipc from '../ipc';
import { settings } from './settings.svelte';
import { pagesOf, type Range } from './windowing';

/** Rows that are asked for at a time. */
const PAGE = 50;

/** What is asked for. */
type Asked = { query: string; group: string | null };
/** Pages of one answer to one request: all of the same revision. */
type Shown = Asked &
  Pick<ipc.ViewPage, 'revision' | 'count' | 'total' | 'groups'> & { pages: ReadonlyMap<number, ipc.Row[]> };
const NOTHING: Shown = { query: '', group: null, revision: 0, count: 0, total: 0, groups: [], pages: new Map() };

/** The list, or the trash: how many rows it has, and those around what is in sight. */
export class Entries {
  shown = $state.raw(NOTHING);
  /** What is searched; `shown` follows when the core has answered. */
  query = $state('');
  /** The group that is listed; none lists all. */
  group = $state<string | null>(null);
  /** False until the first answer. */
  known = $state(false);
  problem = $state.raw<ipc.CommandError | null>(null);
  #trash: boolean;
  #sort: ipc.Sort | undefined;
  #wanted = [0];
  /** How often the whole was asked for, and which of these was answered last. */
  #asked = 0;
  #answered = 0;
  #filling = false;

  /** In the order of the settings where none is said. */
  constructor({ trash = false, sort }: { trash?: boolean; sort?: ipc.Sort } = {}) {
    this.#trash = trash;
    this.#sort = sort;
  }

  get count(): number {
    return this.shown.count;
  }

  /** Changes where other rows stand in the same places for a while. */
  get arrangement(): unknown {
    return null;
  }

  /** None while its page did not come yet. */
  row(index: number): ipc.Row | undefined {
    return this.shown.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** These rows are to be here; those far from them are let go. */
  want(ranges: readonly Range[]): void {
    this.#wanted = pagesOf(ranges, PAGE);
    void this.#fill();
  }

  /** Asks again for the same rows. */
  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    const [asked, wanted] = [{ query: this.query, group: this.group }, this.#wanted];
    try {
      const answers = await Promise.all(wanted.map((page) => this.#view(page, asked)));
      if (mine !== this.#asked) return;
      const [first] = answers;
      if (!first || answers.some(({ revision }) => revision !== first.revision)) return await this.refresh();
      const { revision, count, total, groups } = first;
      // The group is gone: all are listed again.
      if (asked.group !== null && groups.every(({ id }) => id !== asked.group)) return await this.choose(null);
      const pages = new Map(wanted.map((page, at) => [page, answers[at]?.rows ?? []]));
      // Wanted since then for the scroll of the search before.
      if (asked.query !== this.shown.query || asked.group !== this.shown.group) this.#wanted = wanted;
      this.shown = { ...asked, revision, count, total, groups, pages };
      this.known = true;
      this.problem = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.problem = ipc.toCommandError(error);
    }
    this.#answered = mine;
    void this.#fill();
  }

  search(query: string): Promise<void> {
    this.query = query;
    this.#wanted = [0];
    return this.refresh();
  }

  /** Lists a group, or all. */
  choose(group: string | null): Promise<void> {
    this.group = group;
    this.#wanted = [0];
    return this.refresh();
  }

  clear(): void {
    this.#asked += 1;
    this.#wanted = [0];
    this.shown = NOTHING;
    this.query = '';
    this.group = null;
    this.known = false;
    this.problem = null;
  }

  /** Asks for the wanted pages, one after the other: what was wanted last counts, however fast a scroll goes. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let page = this.#missing(); page !== undefined; page = this.#missing()) {
        const answer = await this.#view(page, this.shown);
        if (this.#answered !== this.#asked) return;
        // The entries have changed: the pages that are here are of before.
        if (answer.revision !== this.shown.revision) return void this.refresh();
        const near = [...this.shown.pages].filter(([other]) => this.#wanted.some((one) => Math.abs(one - other) <= 1));
        this.shown = { ...this.shown, pages: new Map([...near, [page, answer.rows]]) };
      }
    } catch (error) {
      this.problem = ipc.toCommandError(error);
    } finally {
      this.#filling = false;
    }
  }

  /** A page that is wanted and not here; none while the whole is being asked for. */
  #missing(): number | undefined {
    if (this.#answered !== this.#asked) return undefined;
    return this.#wanted.find((page) => page * PAGE < this.count && !this.shown.pages.has(page));
  }

  #view(page: number, { query, group }: Asked): Promise<ipc.ViewPage> {
    return ipc.view({
      query,
      sort: this.#sort ?? settings.appearance.sort,
      group,
      trash: this.#trash,
      offset: page * PAGE,
      limit: PAGE,
    });
  }
}

export const entries = new Entries();
