import type { Status } from '../../src/ipc/wire';
import type { Core } from './core';

/** From now on the core reports this status, which cannot be provoked otherwise. */
export function overrideStatus(core: Core, changes: Partial<Status>): void {
  const send = core.send.bind(core);
  core.send = async (call) => {
    const answer = await send(call);
    return call.cmd === 'status' && 'ok' in answer ? { ok: { ...(answer.ok as Status), ...changes } } : answer;
  };
}
