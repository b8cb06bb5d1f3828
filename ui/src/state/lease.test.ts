// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeLease, underLease } from './lease';

const holdOpen = vi.hoisted(() => vi.fn());
vi.mock('../ipc', () => ({ holdOpen }));
const told = () => holdOpen.mock.calls.map(([hold]) => hold);

function turn(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
}

beforeEach(() => {
  vi.useFakeTimers();
  turn('visible');
  holdOpen.mockReset().mockResolvedValue(undefined);
});
afterEach(() => vi.useRealTimers());

it('holds the app open before the sheet comes, and lets go after it', async () => {
  const work = vi.fn(() => {
    expect(told()).toEqual([true]);
    return Promise.resolve('chosen');
  });
  expect(await underLease(work)).toBe('chosen');
  expect(told()).toEqual([true, false]);
});

it('lets go where the sheet was refused too', async () => {
  await expect(underLease(() => Promise.reject(new Error('denied')))).rejects.toThrow('denied');
  expect(told()).toEqual([true, false]);
});

it('lets go once', () => {
  const release = takeLease();
  release();
  release();
  expect(told()).toEqual([true, false]);
});

it('waits, where the sheet is gone and the window is not back yet, and not for long', () => {
  const release = takeLease();
  turn('hidden');
  release();
  expect(told()).toEqual([true]);
  vi.runAllTimers();
  expect(told()).toEqual([true, false]);
});

it('lets the next sheet hold, whatever the last one still waited for', () => {
  const first = takeLease();
  turn('hidden');
  first();
  const second = takeLease();
  vi.runAllTimers();
  expect(told()).toEqual([true, true]);
  turn('visible');
  second();
  expect(told()).toEqual([true, true, false]);
});

it('does not stop for a core that does not hear', async () => {
  holdOpen.mockRejectedValue(new Error('gone'));
  expect(await underLease(() => Promise.resolve(1))).toBe(1);
});
