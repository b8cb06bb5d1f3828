import { toCommandError, type CommandError } from '../ipc';
import { Declined, reauth } from './reauth.svelte';

/** One thing a form does at a time: whether it is under way and what went wrong. */
export class Task {
  busy = $state(false);
  error = $state.raw<CommandError | null>(null);

  /** Runs the work, with a proof where the core asks for one. A second call meanwhile does nothing. */
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
