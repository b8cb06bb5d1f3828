import { toCommandError, type CommandError } from '../ipc';
import { Declined, reauth } from './reauth.svelte';

/** The one action a form runs at a time: whether it is running, and its error. */
export class Task {
  busy = $state(false);
  error = $state.raw<CommandError | null>(null);

  /** Runs the work, with a proof if the core requires one. A second call while it runs does nothing. */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await reauth.run(work);
    } catch (error) {
      if (!(error instanceof Declined)) this.error = toCommandError(error);
    } finally {
      this.busy = false;
    }
  }
}
