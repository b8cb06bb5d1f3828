import * as ipc from '../ipc';

/** If the window is still hidden when the sheet closes, it comes back within this time. */
const BACK_WITHIN_MS = 2000;

let ending: ReturnType<typeof setTimeout> | undefined;

const setHold = (hold: boolean) => ipc.holdAutoLock(hold).catch(() => undefined);

function begin(): void {
  clearTimeout(ending);
  void setHold(true);
}

/** A phone answers before it shows the window again. Releasing at once would lock the vault. */
function end(): void {
  clearTimeout(ending);
  if (document.visibilityState === 'hidden') ending = setTimeout(() => void setHold(false), BACK_WITHIN_MS);
  else void setHold(false);
}

/**
 * Runs work that opens a system sheet. The sheet hides the window, which must not count as leaving the app. The work
 * starts synchronously, because some systems require a user gesture.
 */
export async function whileAutoLockHeld<T>(work: () => Promise<T>): Promise<T> {
  begin();
  try {
    return await work();
  } finally {
    end();
  }
}

/** The same for a sheet without a promise: call the returned function when the sheet closes. */
export function holdAutoLock(): () => void {
  begin();
  let held = true;
  return () => {
    if (held) end();
    held = false;
  };
}
