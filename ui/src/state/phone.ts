import * as ipc from '../ipc';
import { session } from './session.svelte';

const isPhone = () => (session.status?.platform ?? 'desktop') !== 'desktop';

/** Answers a touch by a short vibration. */
export function feel(what: ipc.Feel): void {
  if (isPhone()) void ipc.feel(what).catch(() => undefined);
}

/** Somebody is typing a code off the screen, or no longer: it does not go dark meanwhile. */
export function stayAwake(awake: boolean): void {
  if (isPhone() && session.open) void ipc.showCode(awake).catch(() => undefined);
}
