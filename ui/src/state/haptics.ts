import * as ipc from '../ipc';
import { isPhone } from './session.svelte';

/** Answers a touch with a short vibration, on a phone. */
export function haptic(what: ipc.Haptic): void {
  if (isPhone()) void ipc.vibrate(what).catch(() => undefined);
}
