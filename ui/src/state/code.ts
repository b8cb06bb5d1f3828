import type { Revealed, Shown } from '../ipc';

/** A revealed code, with how far the core's clock is ahead of this one (ms). */
export type Held = { revealed: Revealed; aheadMs: number };

/** What a row shows of a held code at one moment. */
export type CodeView = {
  code: string | null;
  shown: Shown | null;
  /** The code of the next window, while it is known. */
  next: string | null;
  nextShown: Shown | null;
  /** Whole seconds that are left, rounded up; none where the code does not expire. */
  seconds: number | null;
  /** The part of the window that is left, 1 to 0. */
  fraction: number;
  /** Under five seconds are left. */
  soon: boolean;
  /** The core must be asked again. */
  stale: boolean;
};

const SOON_MS = 5000;

export const hold = (revealed: Revealed, nowMs: number): Held => ({
  revealed,
  aheadMs: revealed.nowMs - nowMs,
});

const at = (validFromMs: number): Shown => ({ by: 'time', validFromMs });

/**
 * The code at `nowMs` (this machine's clock).
 *
 * Past its window the next code takes over at once, while the core is asked again. Past that
 * window too (the machine slept) there is no code until the core has answered.
 */
export function codeView({ revealed, aheadMs }: Held, nowMs: number): CodeView {
  const { code, shown, validFromMs: from, validUntilMs: until, next } = revealed;
  if (from === null || until === null) {
    return { code, shown, next: null, nextShown: null, seconds: null, fraction: 1, soon: false, stale: false };
  }
  const now = nowMs + aheadMs;
  const span = until - from;
  const left = now < until ? until - now : until + span - now;
  const timed = {
    seconds: Math.min(Math.ceil(left / 1000), Math.ceil(span / 1000)),
    fraction: Math.min(1, Math.max(0, left / span)),
    soon: left < SOON_MS,
  };
  if (now < until) {
    return { code, shown, next, nextShown: next === null ? null : at(until), ...timed, stale: false };
  }
  if (left > 0 && next !== null) {
    return { code: next, shown: at(until), next: null, nextShown: null, ...timed, stale: true };
  }
  return { code: null, shown: null, next: null, nextShown: null, seconds: null, fraction: 0, soon: false, stale: true };
}
