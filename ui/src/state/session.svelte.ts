import * as ipc from '../ipc';

/** Where the core stands, as it last said. */
class Session {
  status = $state.raw<ipc.Status | null>(null);
  /** Why the core could not be asked at all. */
  failure = $state.raw<ipc.CommandError | null>(null);
  #asked = 0;

  /** The entries can be read. */
  get open(): boolean {
    return this.status?.phase === 'unlocked' || this.status?.phase === 'readOnly';
  }

  get readOnly(): boolean {
    return this.status?.phase === 'readOnly';
  }

  /** Asks the core again; of several answers the last asked for counts. */
  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const status = await ipc.status();
      if (mine === this.#asked) this.status = status;
      this.failure = null;
    } catch (error) {
      if (mine === this.#asked) this.failure = ipc.toCommandError(error);
    }
  }
}

export const session = new Session();
