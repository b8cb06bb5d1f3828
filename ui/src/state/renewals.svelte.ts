import * as ipc from '../ipc';

/** The services that are to be asked for new secrets, to be ticked off. */
export class RenewalList {
  list = $state.raw<readonly ipc.Renewal[]>([]);
  /** False until the first answer. */
  known = $state(false);

  get left(): number {
    return this.list.filter(({ done }) => !done).length;
  }

  /** Where it cannot be told, there is none to be shown. */
  async load(): Promise<void> {
    await this.read().catch(() => (this.list = []));
    this.known = true;
  }

  /** As `load`, for whoever has to know whether it could be told. */
  async read(): Promise<void> {
    this.list = await ipc.renewals();
    this.known = true;
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
    this.list = [];
    this.known = false;
  }
}

export const renewalList = new RenewalList();
