// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { holdAutoLock, whileAutoLockHeld } from './auto-lock-hold';

const setHold = vi.hoisted(() => vi.fn());
vi.mock('../ipc', () => ({ holdAutoLock: setHold }));
const holds = () => setHold.mock.calls.map(([hold]) => hold);

function setVisibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
}

beforeEach(() => {
  vi.useFakeTimers();
  setVisibility('visible');
  setHold.mockReset().mockResolvedValue(undefined);
});
afterEach(() => vi.useRealTimers());

it('holds the auto-lock before the sheet opens, and releases it afterwards', async () => {
  const work = vi.fn(() => {
    expect(holds()).toEqual([true]);
    return Promise.resolve('chosen');
  });
  expect(await whileAutoLockHeld(work)).toBe('chosen');
  expect(holds()).toEqual([true, false]);
});

it('releases it when the sheet fails', async () => {
  await expect(whileAutoLockHeld(() => Promise.reject(new Error('denied')))).rejects.toThrow('denied');
  expect(holds()).toEqual([true, false]);
});

it('releases it only once', () => {
  const release = holdAutoLock();
  release();
  release();
  expect(holds()).toEqual([true, false]);
});

it('waits a limited time for the window when the sheet is closed', () => {
  const release = holdAutoLock();
  setVisibility('hidden');
  release();
  expect(holds()).toEqual([true]);
  vi.runAllTimers();
  expect(holds()).toEqual([true, false]);
});

it('keeps the hold of a second sheet while the first one is still waiting', () => {
  const first = holdAutoLock();
  setVisibility('hidden');
  first();
  const second = holdAutoLock();
  vi.runAllTimers();
  expect(holds()).toEqual([true, true]);
  setVisibility('visible');
  second();
  expect(holds()).toEqual([true, true, false]);
});

it('runs the work although the core fails', async () => {
  setHold.mockRejectedValue(new Error('gone'));
  expect(await whileAutoLockHeld(() => Promise.resolve(1))).toBe(1);
});
