import * as ipc from '../ipc';

/** The services that are to be asked for new secrets, to be ticked off. */
export class NewSecretsChecklist {
  list = $state.raw<readonly ipc.Renewal[]>([]);
  /** False until the first answer. */
  known = $state(false);
  /** How often it was cleared: an answer of before is not for it. */
  #cleared = 0;

  get left(): number {
    return this.list.filter(({ done }) => !done).length;
  }

  /** Where it cannot be told, there is none to be shown. */
  async load(): Promise<void> {
    await this.read().catch(() => this.#show([]));
  }

  /** As `load`, for whoever has to know whether it could be told. */
  async read(): Promise<void> {
    const before = this.#cleared;
    const list = await ipc.renewals();
    if (before === this.#cleared) this.#show(list);
  }

  /** Lists every entry, none ticked off. */
  async begin(): Promise<void> {
    await ipc.listRenewals(true);
    await this.load();
  }

  async tick(id: string, done: boolean): Promise<void> {
    await ipc.tickRenewal(id, done);
    this.list = this.list.map((one) => (one.id === id ? { ...one, done } : one));
  }

  async end(): Promise<void> {
    await ipc.listRenewals(false);
    this.list = [];
  }

  clear(): void {
    this.#cleared += 1;
    this.list = [];
    this.known = false;
  }

  #show(list: readonly ipc.Renewal[]): void {
    this.list = list;
    this.known = true;
  }
}

export const newSecretsChecklist = new NewSecretsChecklist();
