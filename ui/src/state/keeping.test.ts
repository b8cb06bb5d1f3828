import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keeping } from './keeping.svelte';
import { nav } from './navigation.svelte';

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
  vi.useRealTimers();
  vi.clearAllMocks();
});

it('waits for a pause before it tells where somebody is', () => {
  nav.push({ name: 'link' });
  keeping.follow();
  expect(core.keepPlace).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(core.keepPlace).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('link'));
});

it('tells at once that nothing is under way any more', () => {
  nav.push({ name: 'link' });
  keeping.follow();
  keeping.flush();
  nav.clear();
  keeping.follow();
  expect(core.keepPlace).toHaveBeenLastCalledWith(null);
});

it('leaves what it went back to with the core, until it is done with', async () => {
  nav.push({ name: 'link' });
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
