import * as ipc from '../ipc';

const NOTHING: ipc.ViewPage = { revision: 0, count: 0, total: 0, trashed: 0, rows: [] };

/** The rows that were asked for so far, of the list or of the trash. */
export class Entries {
  page = $state.raw<ipc.ViewPage>(NOTHING);
  query = $state('');
  /** False until the first answer. */
  known = $state(false);
  problem = $state.raw<ipc.CommandError | null>(null);
  #trash: boolean;
  #asked = 0;
  #growing = false;

  constructor(trash = false) {
    this.#trash = trash;
  }

  /** Asks again for as many rows as there are now; a search starts from the top. */
  async reload(keep = ipc.PAGE): Promise<void> {
    const mine = ++this.#asked;
    try {
      let page = await this.#view(0);
      while (page.rows.length < Math.min(keep, page.count)) {
        const more = await this.#view(page.rows.length);
        if (more.rows.length === 0) break;
        page = { ...more, rows: [...page.rows, ...more.rows] };
      }
      if (mine !== this.#asked) return;
      this.page = page;
      this.known = true;
      this.problem = null;
    } catch (error) {
      if (mine === this.#asked) this.problem = ipc.toCommandError(error);
    }
  }

  /** After a change: the same rows again. */
  refresh = () => this.reload(Math.max(ipc.PAGE, this.page.rows.length));

  search(query: string): Promise<void> {
    this.query = query;
    return this.reload();
  }

  /** The next rows, when the end of the list comes into sight. */
  async grow(): Promise<void> {
    if (this.#growing || this.page.rows.length >= this.page.count) return;
    this.#growing = true;
    const mine = this.#asked;
    try {
      const more = await this.#view(this.page.rows.length);
      if (mine !== this.#asked) return;
      if (more.revision !== this.page.revision) await this.refresh();
      else this.page = { ...more, rows: [...this.page.rows, ...more.rows] };
    } catch (error) {
      this.problem = ipc.toCommandError(error);
    } finally {
      this.#growing = false;
    }
  }

  clear(): void {
    this.#asked += 1;
    this.page = NOTHING;
    this.query = '';
    this.known = false;
    this.problem = null;
  }

  #view(offset: number): Promise<ipc.ViewPage> {
    return ipc.view({
      query: this.query,
      sort: 'manual',
      group: null,
      trash: this.#trash,
      offset,
      limit: ipc.PAGE,
    });
  }
}

export const entries = new Entries();
