import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Kind, ListRow } from '../ipc';
import { codes } from './codes.svelte';
import { expandedRow } from './expanded-row.svelte';

const asked = vi.hoisted(() => ({ reveal: vi.fn(), revealVisible: vi.fn(), advanceCounter: vi.fn() }));
vi.mock('../ipc', async () => ({ ...(await import('../ipc/failure')), ...(await import('../ipc/wire')), ...asked }));

const row = (id: string, kind: Kind = 'totp'): ListRow => ({
  id,
  kind,
  issuer: id,
  account: '',
  favourite: false,
  icon: null,
  digits: 6,
  issuerMatches: [],
  accountMatches: [],
  daysLeft: null,
});
const answer = (id: string, code: string | null) => ({
  id,
  code,
  shown: code === null ? null : { by: 'counter', counter: '0' },
  validFromMs: null,
  validUntilMs: null,
  next: null,
  nowMs: Date.now(),
});

beforeEach(() => {
  vi.useFakeTimers();
  asked.reveal.mockImplementation(async (id: string) => answer(id, '855319'));
  asked.advanceCounter.mockImplementation(async (id: string) => answer(id, '755224'));
});

afterEach(() => {
  expandedRow.clear();
  codes.clear();
  vi.useRealTimers();
  vi.clearAllMocks();
});

it('expands one row at a time', async () => {
  await expandedRow.toggle(row('a'), false, 60);
  await expandedRow.toggle(row('b'), false, 60);
  expect(expandedRow.isExpanded(row('a'), false)).toBe(false);
  expect(expandedRow.isExpanded(row('b'), false)).toBe(true);
  expect(codes.view('a')).toBeNull();
  expect(codes.view('b')?.code).toBe('855319');
});

it('collapses at the second touch of the same key', async () => {
  await expandedRow.toggle(row('a'), false, 60);
  await expandedRow.toggle(row('a'), false, 60);
  expect(expandedRow.id).toBeNull();
  expect(codes.view('a')).toBeNull();
});

it('keeps the other row expanded until the code has arrived', async () => {
  await expandedRow.toggle(row('a'), false, 60);
  const opening = expandedRow.toggle(row('b'), false, 60);
  expect([expandedRow.id, codes.view('a')?.code]).toEqual(['a', '855319']);
  await opening;
  expect([expandedRow.id, codes.view('a')]).toEqual(['b', null]);
});

it('expands the row that was touched last, whichever code arrives first', async () => {
  let answerFirst = () => {};
  asked.reveal.mockImplementationOnce(
    (id) => new Promise((resolve) => (answerFirst = () => resolve(answer(id, '111111')))),
  );
  const first = expandedRow.toggle(row('a'), false, 60);
  await expandedRow.toggle(row('b'), false, 60);
  answerFirst();
  await first;
  expect([expandedRow.id, codes.view('a'), codes.view('b')?.code]).toEqual(['b', null, '855319']);
});

it.each([
  { what: 'touched again', stop: () => expandedRow.toggle(row('a'), false, 60) },
  { what: 'left for another screen, or locked', stop: () => expandedRow.close() },
])('expands no row that was $what before its code arrived', async ({ stop }) => {
  const opening = expandedRow.toggle(row('a'), false, 60);
  await stop();
  await opening;
  expect([expandedRow.id, codes.view('a')]).toEqual([null, null]);
});

it('collapses after the time of the settings', async () => {
  await expandedRow.toggle(row('a'), false, 15);
  vi.advanceTimersByTime(14_999);
  expect(expandedRow.id).toBe('a');
  vi.advanceTimersByTime(1);
  expect(expandedRow.id).toBeNull();
  expect(codes.view('a')).toBeNull();
});

it('restarts the time after a new counter code', async () => {
  await expandedRow.toggle(row('a', 'hotp'), false, 15);
  vi.advanceTimersByTime(10_000);
  await expandedRow.advance('a', 15);
  vi.advanceTimersByTime(10_000);
  expect(codes.view('a')?.code).toBe('755224');
});

it('shows the error in the row that asked for the code', async () => {
  asked.reveal.mockRejectedValue({ code: 'entryNotFound', params: {} });
  await expandedRow.toggle(row('a'), false, 60);
  expect(expandedRow.problem?.code).toBe('entryNotFound');
});

it('requests nothing for an entry without a code', async () => {
  await expandedRow.toggle(row('a', 'message'), false, 60);
  expect(expandedRow.id).toBe('a');
  expect(asked.reveal).not.toHaveBeenCalled();
});

it('collapses and expands a single row while all codes are shown', async () => {
  expect(expandedRow.isExpanded(row('a'), true)).toBe(true);
  await expandedRow.toggle(row('a'), true, 60);
  expect(expandedRow.isExpanded(row('a'), true)).toBe(false);
  await expandedRow.toggle(row('a'), true, 60);
  expect(expandedRow.isExpanded(row('a'), true)).toBe(true);
  expect(expandedRow.isExpanded(row('b', 'hotp'), true)).toBe(false);
});
