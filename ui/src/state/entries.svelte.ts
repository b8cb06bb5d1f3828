import * as ipc from '../ipc';
import { pagesOf, type Range } from './row-layout';
import { settings } from './settings.svelte';

/** Rows that are asked for at a time. */
const PAGE = 50;

/** What is asked for. */
type Asked = { query: string; group: string | null };
/** Pages of one answer to one request: all of the same revision. */
type Shown = Asked &
  Pick<ipc.ViewPage, 'revision' | 'count' | 'favourites' | 'total' | 'damaged' | 'groups'> & {
    pages: ReadonlyMap<number, ipc.Row[]>;
  };
/** An entry that is to be brought into sight, and its place in the list. */
export type Aim = { id: string; index: number };
/** So many rows around an entry that is brought into sight are asked for with it. */
const AROUND = 15;
/** How long new rows can be told from the others. */
const FRESH_MS = 4000;
const NONE: ReadonlySet<string> = new Set();
const NOTHING: Shown = {
  query: '',
  group: null,
  revision: 0,
  count: 0,
  favourites: 0,
  total: 0,
  damaged: 0,
  groups: [],
  pages: new Map(),
};

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
  /** Until it is in sight. */
  aim = $state.raw<Aim | null>(null);
  /** The ids of rows that have just come, for a while. */
  fresh = $state.raw(NONE);
  #trash: boolean;
  #sort: ipc.Sort | undefined;
  #wanted = [0];
  /** The id of the entry that is to be brought into sight. */
  #target: string | null = null;
  #freshTimer: ReturnType<typeof setTimeout> | undefined;
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

  /** Asks again for the same rows, or for those around the entry that is to be brought into sight. */
  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const index = await this.#find(this.#target);
      if (mine !== this.#asked) return;
      if (index !== null) this.#wanted = pagesOf([{ first: index - AROUND, last: index + AROUND }], PAGE);
      const [asked, wanted] = [{ query: this.query, group: this.group }, this.#wanted];
      const answers = await Promise.all(wanted.map((page) => this.#view(asked, page * PAGE)));
      if (mine !== this.#asked) return;
      const [first] = answers;
      if (!first || answers.some(({ revision }) => revision !== first.revision)) return await this.refresh();
      const { revision, count, favourites, total, damaged, groups } = first;
      // The group is gone: all are listed again.
      if (asked.group !== null && groups.every(({ id }) => id !== asked.group)) return await this.choose(null);
      const pages = new Map(wanted.map((page, at) => [page, answers[at]?.rows ?? []]));
      // Wanted since then for the scroll of the search before.
      if (asked.query !== this.shown.query || asked.group !== this.shown.group) this.#wanted = wanted;
      this.shown = { ...asked, revision, count, favourites, total, damaged, groups, pages };
      this.known = true;
      this.problem = null;
      const id = this.#target;
      this.aim = id !== null && index !== null && this.row(index)?.id === id ? { id, index } : null;
      if (this.aim === null) this.#target = null;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.problem = ipc.toCommandError(error);
    }
    this.#answered = mine;
    void this.#fill();
  }

  search(query: string): Promise<void> {
    this.query = query;
    return this.#fromTheTop();
  }

  /** Lists a group, or all. */
  choose(group: string | null): Promise<void> {
    this.group = group;
    return this.#fromTheTop();
  }

  /**
   * Lists the first of these entries, so that it comes into sight, and lets all of them be told from the others for a
   * while. Where the present search or group does not hold it, all entries are listed.
   */
  bring(ids: readonly string[]): Promise<void> {
    clearTimeout(this.#freshTimer);
    this.fresh = new Set(ids);
    this.#target = ids[0] ?? null;
    return this.refresh();
  }

  /** The same for entries that were added: they are shown among all, whatever was searched before. */
  bringNew(ids: readonly string[]): Promise<void> {
    this.query = '';
    this.group = null;
    return this.bring(ids);
  }

  /** The entry is in sight. */
  arrived(): void {
    this.#target = this.aim = null;
    clearTimeout(this.#freshTimer);
    this.#freshTimer = setTimeout(() => (this.fresh = NONE), FRESH_MS);
  }

  clear(): void {
    this.#asked += 1;
    this.#wanted = [0];
    this.shown = NOTHING;
    this.query = '';
    this.group = null;
    this.known = false;
    this.problem = null;
    clearTimeout(this.#freshTimer);
    this.fresh = NONE;
    this.#target = this.aim = null;
  }

  #fromTheTop(): Promise<void> {
    this.#wanted = [0];
    this.#target = this.aim = null;
    return this.refresh();
  }

  /** The place of an entry in the search and group in use, or else among all; none where it is not in the list. */
  async #find(id: string | null): Promise<number | null> {
    if (id === null) return null;
    const [query, group] = [this.query, this.group];
    const { place } = await this.#view({ query, group }, 0, { placeOf: id });
    // Another search was begun meanwhile: it lists what it finds.
    if (place !== null || id !== this.#target || (query === '' && group === null)) return place;
    this.query = '';
    this.group = null;
    return this.#find(id);
  }

  /** Asks for the wanted pages, one after the other: what was wanted last counts, however fast a scroll goes. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let page = this.#missing(); page !== undefined; page = this.#missing()) {
        const answer = await this.#view(this.shown, page * PAGE);
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

  /** So many rows from this place on, asked for now; none where the entries have changed. */
  protected async rowsFrom(offset: number, limit: number): Promise<readonly ipc.Row[]> {
    const { rows, revision } = await this.#view(this.shown, offset, { limit });
    return revision === this.shown.revision ? rows : [];
  }

  #view({ query, group }: Asked, offset: number, more: Partial<ipc.ViewRequest> = {}): Promise<ipc.ViewPage> {
    return ipc.view({
      query,
      sort: this.#sort ?? settings.appearance.sort,
      group,
      trash: this.#trash,
      offset,
      limit: PAGE,
      placeOf: null,
      ...more,
    });
  }
}

export const entries = new Entries();
