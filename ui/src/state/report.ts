import { errorText } from '../i18n/errors';
import { toCommandError } from '../ipc';
import { feel } from './phone';
import { Declined, proof } from './proof.svelte';
import { toasts } from './toasts.svelte';

/** Runs what a touch asked for, with a proof where one is asked; what fails is said in a toast. */
export async function act(work: () => Promise<void>): Promise<void> {
  try {
    await proof.run(work);
  } catch (error) {
    // "locked" needs no words: the lock screen is already there.
    if (error instanceof Declined || toCommandError(error).code === 'locked') return;
    tell(error);
  }
}

/** Says in a toast what failed. */
export function tell(error: unknown): void {
  feel('refused');
  toasts.say(errorText(toCommandError(error)), { alarm: true });
}
