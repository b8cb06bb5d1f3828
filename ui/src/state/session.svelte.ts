import type { Key } from '../i18n/index.svelte';
import * as ipc from '../ipc';

/** Where the core stands, as it last said. */
class Session {
  status = $state.raw<ipc.Status | null>(null);
  /** Why the core could not be asked at all. */
  failure = $state.raw<ipc.CommandError | null>(null);
  /** The new credential that is due was put off until the next opening. */
  postponed = $state(false);
  #asked = 0;

  /** The entries can be read. */
  get open(): boolean {
    return this.status?.phase === 'unlocked' || this.status?.phase === 'readOnly';
  }

  /** The previous copy is open, because the vault itself cannot be read. */
  get copyOpen(): boolean {
    return this.status?.phase === 'readOnly';
  }

  /** The vault itself is open, on a disk that cannot be written. */
  get diskReadOnly(): boolean {
    return this.status?.phase === 'unlocked' && this.status.diskReadOnly;
  }

  /** The vault is open and older than another: which of them to go on with is to be chosen. */
  get older(): boolean {
    return this.status?.phase === 'unlocked' && this.status.behind > 0;
  }

  /** The vault is open, and this device does not know it: whether to keep it is to be chosen. */
  get foreign(): boolean {
    return this.status?.phase === 'unlocked' && this.status.foreign;
  }

  /** Nothing can be changed. */
  get readOnly(): boolean {
    return this.copyOpen || this.diskReadOnly || this.older || this.foreign;
  }

  /** The vault is open, and it is not known yet whether it is the newest: a change is refused, most often for a moment only. */
  get comparing(): boolean {
    return this.status?.phase === 'unlocked' && this.status.comparing;
  }

  /** The text that says why nothing can be changed. */
  get readOnlyReason(): Key {
    if (this.diskReadOnly) return 'readOnly.diskReason';
    if (this.foreign) return 'readOnly.foreignReason';
    return this.older ? 'rollback.reason' : 'readOnly.reason';
  }

  /** Opened with the recovery words, and nothing new was chosen yet. */
  get renewalDue(): boolean {
    return this.status?.newCredentialDue === true && !this.postponed && !this.readOnly;
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

/** Android or iOS. */
export const isPhone = () => (session.status?.platform ?? 'desktop') !== 'desktop';
