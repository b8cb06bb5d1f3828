import * as ipc from '../ipc';

/** The services that the user has to ask for new secrets. The user ticks them off. */
export class NewSecretsChecklist {
  list = $state.raw<readonly ipc.ChecklistItem[]>([]);
  /** Whether the core has answered. */
  loaded = $state(false);
  /** Counts the calls of `clear`, so that an answer to an older request is ignored. */
  #cleared = 0;

  get left(): number {
    return this.list.filter(({ done }) => !done).length;
  }

  /** Loads the list; it is empty if the core fails. */
  async load(): Promise<void> {
    await this.read().catch(() => this.#show([]));
  }

  /** Like `load`, but rejects if the core fails. */
  async read(): Promise<void> {
    const before = this.#cleared;
    const list = await ipc.newSecretsChecklist();
    if (before === this.#cleared) this.#show(list);
  }

  /** Starts a list of all entries, none ticked off. */
  async begin(): Promise<void> {
    await ipc.setNewSecretsChecklist(true);
    await this.load();
  }

  async tick(id: string, done: boolean): Promise<void> {
    await ipc.tickNewSecret(id, done);
    this.list = this.list.map((one) => (one.id === id ? { ...one, done } : one));
  }

  async end(): Promise<void> {
    await ipc.setNewSecretsChecklist(false);
    this.list = [];
  }

  clear(): void {
    this.#cleared += 1;
    this.list = [];
    this.loaded = false;
  }

  #show(list: readonly ipc.ChecklistItem[]): void {
    this.list = list;
    this.loaded = true;
  }
}

export const newSecretsChecklist = new NewSecretsChecklist();
