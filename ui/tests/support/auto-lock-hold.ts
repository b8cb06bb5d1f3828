import type { Core } from './core';

/** Records the auto-lock holds from now on: true before a system dialog, false after it. */
export function recordAutoLockHolds(core: Core): boolean[] {
  const holds: boolean[] = [];
  const send = core.send.bind(core);
  core.send = (call) => {
    if (call.cmd === 'hold_auto_lock') holds.push((call.args as { hold: boolean }).hold);
    return send(call);
  };
  return holds;
}
