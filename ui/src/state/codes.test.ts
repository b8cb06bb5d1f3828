import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RevealedCode } from '../ipc';
import { codes } from './codes.svelte';

const asked = vi.hoisted(() => ({ reveal: vi.fn(), revealVisible: vi.fn(), advanceCounter: vi.fn() }));
vi.mock('../ipc', async () => ({ ...(await import('../ipc/wire')), ...asked }));

const window30 = (id: string): RevealedCode => {
  const from = Math.floor(Date.now() / 30_000) * 30_000;
  const code = (start: number) => String(start / 30_000).slice(-6);
  return {
    id,
    code: code(from),
    codeRef: { by: 'time', validFromMs: from },
    validFromMs: from,
    validUntilMs: from + 30_000,
    next: code(from + 30_000),
    nowMs: Date.now(),
  };
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_010_000 });
  asked.reveal.mockImplementation(async (id: string) => window30(id));
  asked.revealVisible.mockImplementation(async (ids: string[]) => ids.map(window30));
});

afterEach(() => {
  codes.clear();
  vi.useRealTimers();
  vi.clearAllMocks();
});

it('keeps a code only while it is wanted', async () => {
  await codes.reveal('a');
  expect(codes.view('a')?.code).toHaveLength(6);
  codes.hide('a');
  expect(codes.view('a')).toBeNull();
});

it('drops the answer for a row that was closed in the meantime', async () => {
  const opening = codes.reveal('a');
  codes.hide('a');
  await opening;
  expect(codes.view('a')).toBeNull();
});

it('asks again once when a window ends, and the code changes', async () => {
  await codes.reveal('a');
  const first = codes.view('a')?.code;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked.reveal).toHaveBeenCalledTimes(2);
  expect(codes.view('a')?.code).not.toBe(first);
  expect(codes.view('a')?.next).not.toBeNull();
});

it('requests the visible rows together, and removes those that are no longer visible', async () => {
  await codes.showVisible(['a', 'b']);
  expect(asked.revealVisible).toHaveBeenCalledExactlyOnceWith(['a', 'b']);
  await codes.showVisible(['b']);
  expect(codes.view('a')).toBeNull();
  expect(codes.view('b')).not.toBeNull();
});

it('shows no old code when the core does not answer', async () => {
  await codes.reveal('a');
  asked.reveal.mockRejectedValue({ code: 'entryNotFound', params: {} });
  await vi.advanceTimersByTimeAsync(61_000);
  expect(codes.view('a')?.code).toBeNull();
});

it('stops its clock when nothing is shown', async () => {
  await codes.reveal('a');
  codes.hide('a');
  expect(vi.getTimerCount()).toBe(0);
});
