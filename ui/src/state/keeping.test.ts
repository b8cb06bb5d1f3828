import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keeping } from './keeping.svelte';
import { nav } from './navigation.svelte';
import { typed } from './typed.svelte';

const core = vi.hoisted(() => ({ keepPlace: vi.fn(async () => undefined), resume: vi.fn() }));
vi.mock('../ipc', () => core);

beforeEach(async () => {
  vi.useFakeTimers();
  core.resume.mockResolvedValue({ place: null, drafts: [] });
  await keeping.resume();
});

afterEach(() => {
  keeping.stop();
  nav.clear();
  typed.clear();
  vi.useRealTimers();
  vi.clearAllMocks();
});

it('waits a moment before it tells where somebody is', () => {
  nav.push({ name: 'pasteLink' });
  keeping.follow();
  expect(core.keepPlace).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(core.keepPlace).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('pasteLink'));
});

it('tells it while somebody types on without a pause, too', () => {
  nav.push({ name: 'manualEntry' });
  const told = () => core.keepPlace.mock.calls.length;
  for (const issuer of ['P', 'Po', 'Por', 'Port', 'Porta', 'Portai', 'Portail']) {
    typed.hand = { kind: 'totp', issuer, account: '', algorithm: 'SHA1', digits: 6, period: 30, counter: '0' };
    keeping.follow();
    vi.advanceTimersByTime(150);
  }
  expect(told()).toBe(3);
  expect(core.keepPlace).toHaveBeenLastCalledWith(expect.stringContaining('"Portai"'));
  vi.advanceTimersByTime(150);
  expect(told()).toBe(4);
  expect(core.keepPlace).toHaveBeenLastCalledWith(expect.stringContaining('"Portail"'));
});

it('still knows after another resume that a secret is to be typed again', async () => {
  nav.push({ name: 'pasteLink' });
  typed.secret = true;
  keeping.follow();
  keeping.flush();
  for (const _ of ['a lock', 'a page made anew']) {
    const [place] = core.keepPlace.mock.lastCall as unknown as [string];
    keeping.stop();
    nav.clear();
    typed.clear();
    core.resume.mockResolvedValue({ place, drafts: [], series: [] });
    await keeping.resume();
    expect(typed.secretLost).toBe(true);
    keeping.follow();
    vi.advanceTimersByTime(300);
  }
  // It was told as it is already.
  expect(core.keepPlace).toHaveBeenCalledOnce();
});

it('tells at once that nothing is under way any more', () => {
  nav.push({ name: 'pasteLink' });
  keeping.follow();
  keeping.flush();
  nav.clear();
  keeping.follow();
  expect(core.keepPlace).toHaveBeenLastCalledWith(null);
});

it('leaves what it went back to with the core, until it is done with', async () => {
  nav.push({ name: 'pasteLink' });
  keeping.follow();
  keeping.flush();
  const [place] = core.keepPlace.mock.lastCall as unknown as [string];
  keeping.stop();
  nav.clear();
  core.keepPlace.mockClear();
  core.resume.mockResolvedValue({ place, drafts: [], series: [] });
  await keeping.resume();
  keeping.follow();
  vi.advanceTimersByTime(300);
  expect(core.keepPlace).not.toHaveBeenCalled();
  nav.home();
  keeping.follow();
  expect(core.keepPlace).toHaveBeenCalledExactlyOnceWith(null);
});
