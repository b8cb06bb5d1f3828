import { holdOpen } from '../ipc';

const tell = (hold: boolean) => holdOpen(hold).catch(() => undefined);

/** Runs what brings up a system sheet: while it hides the window, the app is not left. Starts within the touch, as some systems ask. */
export async function underLease<T>(work: () => Promise<T>): Promise<T> {
  void tell(true);
  try {
    return await work();
  } finally {
    void tell(false);
  }
}

/** The same for a sheet that no promise tells about: held until the returned function is called, once. */
export function takeLease(): () => void {
  void tell(true);
  let held = true;
  return () => {
    if (held) void tell(false);
    held = false;
  };
}
