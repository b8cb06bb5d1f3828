import * as ipc from '../ipc';
import { pagesOf, type Range } from './row-layout';
import { settings } from './settings.svelte';

/** The number of rows per request. */
const PAGE = 50;

/** Which entries to list. */
type Asked = { query: string; group: string | null };
/** The answer to one request. All pages are of the same revision. */
type CodeRef = Asked &
  Pick<ipc.ListPage, 'revision' | 'count' | 'favourites' | 'total' | 'damaged' | 'groups'> & {
    pages: ReadonlyMap<number, ipc.ListRow[]>;
  };
/** An entry to scroll to, and its index in the list. */
export type Aim = { id: string; index: number };
/** This many rows before and after an entry to scroll to are requested with it. */
const AROUND = 15;
/** How long new rows are highlighted. */
const FRESH_MS = 4000;
const NONE: ReadonlySet<string> = new Set();
const NOTHING: CodeRef = {
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

/** The list, or the trash: its number of rows, and the rows around the visible ones. */
export class Entries {
  shown = $state.raw(NOTHING);
  /** The search text; `shown` follows when the core has answered. */
  query = $state('');
  /** The group to list; null lists all entries. */
  group = $state<string | null>(null);
  /** Whether the core has answered. */
  loaded = $state(false);
  problem = $state.raw<ipc.CommandError | null>(null);
  /** The entry to scroll to, until that is done. */
  aim = $state.raw<Aim | null>(null);
  /** The ids of new rows, while they are highlighted. */
  fresh = $state.raw(NONE);
  #trash: boolean;
  #sort: ipc.Sort | undefined;
  #wanted = [0];
  /** The id of the entry to scroll to. */
  #target: string | null = null;
  #freshTimer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the requests for the whole list, and holds which of them was answered last. */
  #asked = 0;
  #answered = 0;
  #filling = false;

  /** Without `sort`, the order is that of the settings. */
  constructor({ trash = false, sort }: { trash?: boolean; sort?: ipc.Sort } = {}) {
    this.#trash = trash;
    this.#sort = sort;
  }

  get count(): number {
    return this.shown.count;
  }

  /** Changes while a drag reorders rows without new data. */
  get arrangement(): unknown {
    return null;
  }

  /** Undefined until its page is loaded. */
  row(index: number): ipc.ListRow | undefined {
    return this.shown.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Loads these rows, and drops pages far from them. */
  want(ranges: readonly Range[]): void {
    this.#wanted = pagesOf(ranges, PAGE);
    void this.#fill();
  }

  /** Loads the same rows again, or those around the entry to scroll to. */
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
      // The group was removed: list all entries.
      if (asked.group !== null && groups.every(({ id }) => id !== asked.group)) return await this.choose(null);
      const pages = new Map(wanted.map((page, at) => [page, answers[at]?.rows ?? []]));
      // Rows wanted in the meantime belong to the previous search.
      if (asked.query !== this.shown.query || asked.group !== this.shown.group) this.#wanted = wanted;
      this.shown = { ...asked, revision, count, favourites, total, damaged, groups, pages };
      this.loaded = true;
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
   * Scrolls to the first of these entries, and highlights all of them for a while. If the present search or group does
   * not contain it, all entries are listed.
   */
  bring(ids: readonly string[]): Promise<void> {
    clearTimeout(this.#freshTimer);
    this.fresh = new Set(ids);
    this.#target = ids[0] ?? null;
    return this.refresh();
  }

  /** Like `bring`, for new entries: the search and the group are reset. */
  bringNew(ids: readonly string[]): Promise<void> {
    this.query = '';
    this.group = null;
    return this.bring(ids);
  }

  /** The list has scrolled to the entry. */
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
    this.loaded = false;
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

  /** The index of an entry in the present search and group, or else among all; null if it is not in the list. */
  async #find(id: string | null): Promise<number | null> {
    if (id === null) return null;
    const [query, group] = [this.query, this.group];
    const { index } = await this.#view({ query, group }, 0, { indexOf: id });
    // If the user has started another search, its results are shown.
    if (index !== null || id !== this.#target || (query === '' && group === null)) return index;
    this.query = '';
    this.group = null;
    return this.#find(id);
  }

  /** Loads the wanted pages one after the other, so that a fast scroll only loads what is wanted last. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let page = this.#missing(); page !== undefined; page = this.#missing()) {
        const answer = await this.#view(this.shown, page * PAGE);
        if (this.#answered !== this.#asked) return;
        // The entries have changed: the loaded pages are outdated.
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

  /** A wanted page that is not loaded; undefined while the whole list is requested. */
  #missing(): number | undefined {
    if (this.#answered !== this.#asked) return undefined;
    return this.#wanted.find((page) => page * PAGE < this.count && !this.shown.pages.has(page));
  }

  /** Loads rows from this index on; none if the entries have changed. */
  protected async rowsFrom(offset: number, limit: number): Promise<readonly ipc.ListRow[]> {
    const { rows, revision } = await this.#view(this.shown, offset, { limit });
    return revision === this.shown.revision ? rows : [];
  }

  #view({ query, group }: Asked, offset: number, more: Partial<ipc.ListRequest> = {}): Promise<ipc.ListPage> {
    return ipc.listEntries({
      query,
      sort: this.#sort ?? settings.appearance.sort,
      group,
      trash: this.#trash,
      offset,
      limit: PAGE,
      indexOf: null,
      ...more,
    });
  }
}

export const entries = new Entries();
