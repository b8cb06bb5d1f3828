// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { keeping } from './keeping.svelte';
import { nav } from './navigation.svelte';
import { renewalList } from './renewals.svelte';
import { forget, start } from './start';
import { typed } from './typed.svelte';

const core = vi.hoisted(() => ({
  onLocked: vi.fn(),
  watch: vi.fn(async () => undefined),
  status: vi.fn(async () => null),
  appearance: vi.fn(async () => ({ language: 'fr', theme: 'light', textSize: 'normal', sort: 'manual' })),
  resume: vi.fn(async () => ({ place: null as string | null, drafts: [], series: [] })),
  keepPlace: vi.fn(async () => undefined),
  setVisible: vi.fn(async () => undefined),
  touch: vi.fn(async () => undefined),
  renewals: vi.fn(async () => [{ id: 'a', issuer: 'Portail', account: '', done: false }]),
}));
vi.mock('../ipc', async () => ({ ...(await import('../ipc/failure')), ...(await import('../ipc/wire')), ...core }));
vi.mock('../i18n/index.svelte', () => ({ t: (key: string) => key, speak: vi.fn(async () => undefined) }));

/** The window leaves the front, or comes back to it. */
function turn(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}

const covered = () => document.documentElement.hasAttribute('data-away');

beforeAll(async () => {
  await start();
  // The core may have heard last that a page before this one was left.
  expect(core.setVisible).toHaveBeenCalledExactlyOnceWith(true, null);
  core.setVisible.mockClear();
});

beforeEach(async () => {
  vi.useFakeTimers();
  await keeping.resume();
});

afterEach(() => {
  forget();
  vi.useRealTimers();
  vi.clearAllMocks();
});

it('tells that the window is left and what was typed in one message', () => {
  nav.push({ name: 'pasteLink' });
  keeping.follow();
  typed.hand = { kind: 'totp', issuer: 'Portail', account: '', algorithm: 'SHA1', digits: 6, period: 30, counter: '0' };
  keeping.follow();
  turn('hidden');
  expect(core.setVisible).toHaveBeenCalledExactlyOnceWith(false, expect.stringContaining('Portail'));
  vi.runOnlyPendingTimers();
  expect(core.keepPlace).not.toHaveBeenCalled();
});

it('tells no place while nothing is under way, nor on coming back', () => {
  turn('hidden');
  expect(core.setVisible).toHaveBeenLastCalledWith(false, null);
  turn('visible');
  expect(core.setVisible).toHaveBeenLastCalledWith(true, null);
});

it('leaves no name of a service to renew after a lock, nor one that is answered later', async () => {
  await renewalList.load();
  expect(renewalList.left).toBe(1);
  const loading = renewalList.load();
  forget();
  expect([renewalList.list, renewalList.known]).toEqual([[], false]);
  await loading;
  expect([renewalList.list, renewalList.known]).toEqual([[], false]);
});

it('answers the system’s own "back" from the start: whether something was closed', () => {
  expect(window.oneStepBack()).toBe(false);
  nav.push({ name: 'add' });
  const close = vi.fn();
  const release = nav.overlay(close);
  expect(window.oneStepBack()).toBe(true);
  expect(close).toHaveBeenCalledOnce();
  release();
  expect(window.oneStepBack()).toBe(true);
  expect(window.oneStepBack()).toBe(false);
});

it('hides what is in sight when the window is left, and shows it when both answers are there', async () => {
  let visible = () => {};
  core.setVisible.mockImplementation(() => new Promise((resolve) => (visible = () => resolve(undefined))));
  turn('hidden');
  expect(covered()).toBe(true);
  turn('visible');
  core.status.mockClear();
  visible();
  expect(core.status).not.toHaveBeenCalled();
  expect(covered()).toBe(true);
  await vi.waitFor(() => expect(covered()).toBe(false));
  expect(core.status).toHaveBeenCalledOnce();
  core.setVisible.mockImplementation(async () => undefined);
});

it('shows the page again where the core refuses, too', async () => {
  turn('hidden');
  core.setVisible.mockRejectedValueOnce(new Error('gone'));
  core.status.mockRejectedValueOnce(new Error('gone'));
  turn('visible');
  await vi.waitFor(() => expect(covered()).toBe(false));
});
