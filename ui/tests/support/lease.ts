import type { Core } from './core';

/** What the page tells the core of system sheets, from now on: true before one, false after it. */
export function holds(core: Core): boolean[] {
  const told: boolean[] = [];
  const send = core.send.bind(core);
  core.send = (call) => {
    if (call.cmd === 'hold_open') told.push((call.args as { hold: boolean }).hold);
    return send(call);
  };
  return told;
}
