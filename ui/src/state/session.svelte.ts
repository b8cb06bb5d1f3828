import type { Key } from '../i18n/index.svelte';
import * as ipc from '../ipc';

/** The core's last status. */
class Session {
  status = $state.raw<ipc.Status | null>(null);
  /** Why the core did not answer. */
  failure = $state.raw<ipc.CommandError | null>(null);
  /** The user postponed the new credential until the next unlock. */
  postponed = $state(false);
  #asked = 0;

  /** The entries can be read. */
  get open(): boolean {
    return this.status?.phase === 'unlocked' || this.status?.phase === 'readOnly';
  }

  /** The backup is open, because the vault itself cannot be read. */
  get copyOpen(): boolean {
    return this.status?.phase === 'readOnly';
  }

  /** The vault is open, on a disk that cannot be written. */
  get diskReadOnly(): boolean {
    return this.status?.phase === 'unlocked' && this.status.diskReadOnly;
  }

  /** The open vault is older than the last one seen. The user has to choose which one to keep. */
  get older(): boolean {
    return this.status?.phase === 'unlocked' && this.status.savesBehind > 0;
  }

  /** The open vault is not the one of this device. The user has to choose whether to keep it. */
  get foreign(): boolean {
    return this.status?.phase === 'unlocked' && this.status.foreign;
  }

  /** Nothing can be changed. */
  get readOnly(): boolean {
    return this.copyOpen || this.diskReadOnly || this.older || this.foreign;
  }

  /** The core is still checking whether the open vault is the newest. Until then it refuses changes, usually for a moment. */
  get comparing(): boolean {
    return this.status?.phase === 'unlocked' && this.status.comparing;
  }

  /** The text that says why nothing can be changed. */
  get readOnlyReason(): Key {
    if (this.diskReadOnly) return 'readOnly.diskReason';
    if (this.foreign) return 'readOnly.foreignReason';
    return this.older ? 'rollback.reason' : 'readOnly.reason';
  }

  /** Unlocked with the recovery words, and no new credential was set yet. */
  get renewalDue(): boolean {
    return this.status?.newCredentialDue === true && !this.postponed && !this.readOnly;
  }

  /** Asks the core for its status. Only the answer to the last request counts. */
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
