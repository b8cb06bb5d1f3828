// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { bootstrap, clearAll } from './bootstrap';
import { formState } from './form-state.svelte';
import { nav } from './navigation.svelte';
import { newSecretsChecklist } from './new-secrets-checklist.svelte';
import { uiState } from './ui-state.svelte';

const core = vi.hoisted(() => ({
  onLocked: vi.fn(),
  subscribe: vi.fn(async () => undefined),
  status: vi.fn(async () => null),
  appearance: vi.fn(async () => ({ language: 'fr', theme: 'light', textSize: 'normal', sort: 'manual' })),
  restoreUiState: vi.fn(async () => ({ uiState: null as string | null, drafts: [], batches: [] })),
  saveUiState: vi.fn(async () => undefined),
  setWindowVisible: vi.fn(async () => undefined),
  reportActivity: vi.fn(async () => undefined),
  newSecretsChecklist: vi.fn(async () => [{ id: 'a', issuer: 'Portail', account: '', done: false }]),
}));
vi.mock('../ipc', async () => ({ ...(await import('../ipc/failure')), ...(await import('../ipc/wire')), ...core }));
vi.mock('../i18n/index.svelte', () => ({ t: (key: string) => key, setLanguage: vi.fn(async () => undefined) }));

/** Hides or shows the window. */
function setVisibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}

const covered = () => document.documentElement.hasAttribute('data-away');

beforeAll(async () => {
  await bootstrap();
  // An earlier page may have reported that the window is hidden.
  expect(core.setWindowVisible).toHaveBeenCalledExactlyOnceWith(true, null);
  core.setWindowVisible.mockClear();
});

beforeEach(async () => {
  vi.useFakeTimers();
  await uiState.restore();
});

afterEach(() => {
  clearAll();
  vi.useRealTimers();
  vi.clearAllMocks();
});

it('sends the UI state in the message that the window is hidden', () => {
  nav.push({ name: 'pasteLink' });
  uiState.saveOnChange();
  formState.hand = { kind: 'totp', issuer: 'Portail', account: '', algorithm: 'SHA1', digits: 6, period: 30, counter: '0' };
  uiState.saveOnChange();
  setVisibility('hidden');
  expect(core.setWindowVisible).toHaveBeenCalledExactlyOnceWith(false, expect.stringContaining('Portail'));
  vi.runOnlyPendingTimers();
  expect(core.saveUiState).not.toHaveBeenCalled();
});

it('sends no UI state when nothing is under way or the window returns', () => {
  setVisibility('hidden');
  expect(core.setWindowVisible).toHaveBeenLastCalledWith(false, null);
  setVisibility('visible');
  expect(core.setWindowVisible).toHaveBeenLastCalledWith(true, null);
});

it('keeps no service of the checklist after a lock, nor one that arrives later', async () => {
  await newSecretsChecklist.load();
  expect(newSecretsChecklist.left).toBe(1);
  const loading = newSecretsChecklist.load();
  clearAll();
  expect([newSecretsChecklist.list, newSecretsChecklist.loaded]).toEqual([[], false]);
  await loading;
  expect([newSecretsChecklist.list, newSecretsChecklist.loaded]).toEqual([[], false]);
});

it('tells the system’s "back" whether something was closed', () => {
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

it('hides the page with the window, and shows it when the core has answered twice', async () => {
  let visible = () => {};
  core.setWindowVisible.mockImplementation(() => new Promise((resolve) => (visible = () => resolve(undefined))));
  setVisibility('hidden');
  expect(covered()).toBe(true);
  setVisibility('visible');
  core.status.mockClear();
  visible();
  expect(core.status).not.toHaveBeenCalled();
  expect(covered()).toBe(true);
  await vi.waitFor(() => expect(covered()).toBe(false));
  expect(core.status).toHaveBeenCalledOnce();
  core.setWindowVisible.mockImplementation(async () => undefined);
});

it('shows the page again when the core fails', async () => {
  setVisibility('hidden');
  core.setWindowVisible.mockRejectedValueOnce(new Error('gone'));
  core.status.mockRejectedValueOnce(new Error('gone'));
  setVisibility('visible');
  await vi.waitFor(() => expect(covered()).toBe(false));
});
