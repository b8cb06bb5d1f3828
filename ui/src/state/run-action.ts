import { errorText } from '../i18n/errors';
import { toCommandError } from '../ipc';
import { haptic } from './haptics';
import { Declined, reauth } from './reauth.svelte';
import { toasts } from './toasts.svelte';

/** Runs what the user asked for, with a proof where the core requires one, and shows a failure in a toast. */
export async function runAction(work: () => Promise<void>): Promise<void> {
  try {
    await reauth.run(work);
  } catch (error) {
    // "locked" needs no message: the lock screen is shown already.
    if (error instanceof Declined || toCommandError(error).code === 'locked') return;
    showError(error);
  }
}

/** Shows an error in a toast. */
export function showError(error: unknown): void {
  haptic('refused');
  toasts.say(errorText(toCommandError(error)), { alarm: true });
}
