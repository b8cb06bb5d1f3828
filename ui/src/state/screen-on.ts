import * as ipc from '../ipc';
import { isPhone, session } from './session.svelte';

/** Keeps a phone's screen on while a code is shown, because the user may be typing it on another device. */
export function keepScreenOn(on: boolean): void {
  if (isPhone() && session.open) void ipc.keepScreenOn(on).catch(() => undefined);
}
