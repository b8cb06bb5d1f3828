import { holdOpen } from '../ipc';

/** A window that is still hidden when the sheet is gone is back in front within this time. */
const BACK_WITHIN_MS = 2000;

let ending: ReturnType<typeof setTimeout> | undefined;

const tell = (hold: boolean) => holdOpen(hold).catch(() => undefined);

function begin(): void {
  clearTimeout(ending);
  void tell(true);
}

/** A phone answers before it shows the window again: until then it is not left, or it would be locked at once. */
function end(): void {
  clearTimeout(ending);
  if (document.visibilityState === 'hidden') ending = setTimeout(() => void tell(false), BACK_WITHIN_MS);
  else void tell(false);
}

/** Runs what brings up a system sheet: while it hides the window, the app is not left. Starts within the touch, as some systems ask. */
export async function underLease<T>(work: () => Promise<T>): Promise<T> {
  begin();
  try {
    return await work();
  } finally {
    end();
  }
}

/** The same for a sheet that no promise tells about: held until the returned function is called, once. */
export function takeLease(): () => void {
  begin();
  let held = true;
  return () => {
    if (held) end();
    held = false;
  };
}
