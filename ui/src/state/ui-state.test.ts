import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { formState } from './form-state.svelte';
import { nav } from './navigation.svelte';
import { uiState } from './ui-state.svelte';

const core = vi.hoisted(() => ({ saveUiState: vi.fn(async () => undefined), restoreUiState: vi.fn() }));
vi.mock('../ipc', () => core);

beforeEach(async () => {
  vi.useFakeTimers();
  core.restoreUiState.mockResolvedValue({ place: null, drafts: [] });
  await uiState.restore();
});

afterEach(() => {
  uiState.stop();
  nav.clear();
  formState.clear();
  vi.useRealTimers();
  vi.clearAllMocks();
});

it('saves after a short delay', () => {
  nav.push({ name: 'pasteLink' });
  uiState.saveOnChange();
  expect(core.saveUiState).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(core.saveUiState).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('pasteLink'));
});

it('saves during continuous typing, too', () => {
  nav.push({ name: 'manualEntry' });
  const saves = () => core.saveUiState.mock.calls.length;
  for (const issuer of ['P', 'Po', 'Por', 'Port', 'Porta', 'Portai', 'Portail']) {
    formState.hand = { kind: 'totp', issuer, account: '', algorithm: 'SHA1', digits: 6, period: 30, counter: '0' };
    uiState.saveOnChange();
    vi.advanceTimersByTime(150);
  }
  expect(saves()).toBe(3);
  expect(core.saveUiState).toHaveBeenLastCalledWith(expect.stringContaining('"Portai"'));
  vi.advanceTimersByTime(150);
  expect(saves()).toBe(4);
  expect(core.saveUiState).toHaveBeenLastCalledWith(expect.stringContaining('"Portail"'));
});

it('still asks for a lost secret after a second restore', async () => {
  nav.push({ name: 'pasteLink' });
  formState.secret = true;
  uiState.saveOnChange();
  uiState.saveNow();
  for (const _ of ['a lock', 'a page made anew']) {
    const [place] = core.saveUiState.mock.lastCall as unknown as [string];
    uiState.stop();
    nav.clear();
    formState.clear();
    core.restoreUiState.mockResolvedValue({ uiState: place, drafts: [], batches: [] });
    await uiState.restore();
    expect(formState.secretLost).toBe(true);
    uiState.saveOnChange();
    vi.advanceTimersByTime(300);
  }
  // The state did not change.
  expect(core.saveUiState).toHaveBeenCalledOnce();
});

it('saves without a delay that nothing is under way any more', () => {
  nav.push({ name: 'pasteLink' });
  uiState.saveOnChange();
  uiState.saveNow();
  nav.clear();
  uiState.saveOnChange();
  expect(core.saveUiState).toHaveBeenLastCalledWith(null);
});

it('does not save a restored state again until it changes', async () => {
  nav.push({ name: 'pasteLink' });
  uiState.saveOnChange();
  uiState.saveNow();
  const [place] = core.saveUiState.mock.lastCall as unknown as [string];
  uiState.stop();
  nav.clear();
  core.saveUiState.mockClear();
  core.restoreUiState.mockResolvedValue({ uiState: place, drafts: [], batches: [] });
  await uiState.restore();
  uiState.saveOnChange();
  vi.advanceTimersByTime(300);
  expect(core.saveUiState).not.toHaveBeenCalled();
  nav.home();
  uiState.saveOnChange();
  expect(core.saveUiState).toHaveBeenCalledExactlyOnceWith(null);
});
