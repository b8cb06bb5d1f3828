import type { RevealedCode, CodeRef } from '../ipc';

/** A code from the core, with how far the core's clock is ahead of this one (ms). */
export type ReceivedCode = { revealed: RevealedCode; aheadMs: number };

/** What a row shows of a code at one moment. */
export type CodeView = {
  code: string | null;
  codeRef: CodeRef | null;
  /** The code of the next period, if the core sent it. */
  next: string | null;
  nextCodeRef: CodeRef | null;
  /** Whole seconds left, rounded up; null when the code does not expire. */
  seconds: number | null;
  /** The part of the period that is left, from 1 to 0. */
  fraction: number;
  /** Less than five seconds are left. */
  soon: boolean;
  /** Ask the core again. */
  stale: boolean;
};

const SOON_MS = 5000;

export const received = (revealed: RevealedCode, nowMs: number): ReceivedCode => ({
  revealed,
  aheadMs: revealed.nowMs - nowMs,
});

const at = (validFromMs: number): CodeRef => ({ by: 'time', validFromMs });

/**
 * The code at `nowMs` (this machine's clock).
 *
 * After its period the next code is shown at once, while the core is asked again. After that period, too (the machine
 * slept), no code is shown until the core has answered.
 */
export function codeView({ revealed, aheadMs }: ReceivedCode, nowMs: number): CodeView {
  const { code, codeRef, validFromMs: from, validUntilMs: until, next } = revealed;
  if (from === null || until === null) {
    return { code, codeRef, next: null, nextCodeRef: null, seconds: null, fraction: 1, soon: false, stale: false };
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
    return { code, codeRef, next, nextCodeRef: next === null ? null : at(until), ...timed, stale: false };
  }
  if (left > 0 && next !== null) {
    return { code: next, codeRef: at(until), next: null, nextCodeRef: null, ...timed, stale: true };
  }
  return { code: null, codeRef: null, next: null, nextCodeRef: null, seconds: null, fraction: 0, soon: false, stale: true };
}
