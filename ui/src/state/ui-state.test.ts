import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { formState } from './form-state.svelte';
import { nav } from './navigation.svelte';
import { uiState } from './ui-state.svelte';

const core = vi.hoisted(() => ({ keepPlace: vi.fn(async () => undefined), resume: vi.fn() }));
vi.mock('../ipc', () => core);

beforeEach(async () => {
  vi.useFakeTimers();
  core.resume.mockResolvedValue({ place: null, drafts: [] });
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
  expect(core.keepPlace).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(core.keepPlace).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('pasteLink'));
});

it('saves during continuous typing, too', () => {
  nav.push({ name: 'manualEntry' });
  const saves = () => core.keepPlace.mock.calls.length;
  for (const issuer of ['P', 'Po', 'Por', 'Port', 'Porta', 'Portai', 'Portail']) {
    formState.hand = { kind: 'totp', issuer, account: '', algorithm: 'SHA1', digits: 6, period: 30, counter: '0' };
    uiState.saveOnChange();
    vi.advanceTimersByTime(150);
  }
  expect(saves()).toBe(3);
  expect(core.keepPlace).toHaveBeenLastCalledWith(expect.stringContaining('"Portai"'));
  vi.advanceTimersByTime(150);
  expect(saves()).toBe(4);
  expect(core.keepPlace).toHaveBeenLastCalledWith(expect.stringContaining('"Portail"'));
});

it('still asks for a lost secret after a second restore', async () => {
  nav.push({ name: 'pasteLink' });
  formState.secret = true;
  uiState.saveOnChange();
  uiState.saveNow();
  for (const _ of ['a lock', 'a page made anew']) {
    const [place] = core.keepPlace.mock.lastCall as unknown as [string];
    uiState.stop();
    nav.clear();
    formState.clear();
    core.resume.mockResolvedValue({ place, drafts: [], series: [] });
    await uiState.restore();
    expect(formState.secretLost).toBe(true);
    uiState.saveOnChange();
    vi.advanceTimersByTime(300);
  }
  // The state did not change.
  expect(core.keepPlace).toHaveBeenCalledOnce();
});

it('saves without a delay that nothing is under way any more', () => {
  nav.push({ name: 'pasteLink' });
  uiState.saveOnChange();
  uiState.saveNow();
  nav.clear();
  uiState.saveOnChange();
  expect(core.keepPlace).toHaveBeenLastCalledWith(null);
});

it('does not save a restored state again until it changes', async () => {
  nav.push({ name: 'pasteLink' });
  uiState.saveOnChange();
  uiState.saveNow();
  const [place] = core.keepPlace.mock.lastCall as unknown as [string];
  uiState.stop();
  nav.clear();
  core.keepPlace.mockClear();
  core.resume.mockResolvedValue({ place, drafts: [], series: [] });
  await uiState.restore();
  uiState.saveOnChange();
  vi.advanceTimersByTime(300);
  expect(core.keepPlace).not.toHaveBeenCalled();
  nav.home();
  uiState.saveOnChange();
  expect(core.keepPlace).toHaveBeenCalledExactlyOnceWith(null);
});
