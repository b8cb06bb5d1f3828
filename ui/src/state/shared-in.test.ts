import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Draft, ScanResult, Status } from '../ipc';
import { drafts } from './drafts.svelte';
import { nav, type Screen } from './navigation.svelte';
import { session } from './session.svelte';
import { sharedIn } from './shared-in.svelte';
import { toasts } from './toasts.svelte';

const core = vi.hoisted(() => ({
  takeShared: vi.fn(),
  status: vi.fn(),
  discardDraft: vi.fn(async () => undefined),
  toCommandError: (error: unknown) => error,
}));
vi.mock('../ipc', () => core);
vi.mock('./haptics', () => ({ haptic: vi.fn() }));

const draft = (draftId: string) => ({ draftId }) as Draft;
const told = (sharedWaiting: boolean) => ({ sharedWaiting }) as Status;
const answer = (draftIds: string[], more: Partial<ScanResult> = {}): ScanResult => ({
  drafts: draftIds.map(draft),
  errors: [],
  batches: [],
  ...more,
});

/** Runs the effect as the app does, until nothing changes. */
async function pendingDone(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    sharedIn.showWhenIdle();
    // Waits for pending promises.
    await new Promise((done) => setTimeout(done));
  }
}

beforeEach(() => {
  core.takeShared.mockResolvedValue(answer(['theirs']));
  core.status.mockResolvedValue(told(false));
});

afterEach(() => {
  sharedIn.clear();
  drafts.clear();
  nav.clear();
  toasts.clear();
  session.status = null;
  vi.clearAllMocks();
});

it('is shown at once when the user has nothing unfinished', async () => {
  nav.push({ name: 'settings' });
  session.status = told(true);
  await pendingDone();
  expect(nav.stack).toEqual([{ name: 'confirmEntry', draftId: 'theirs' }]);
});

const busy: Screen[] = [{ name: 'pasteLink' }, { name: 'scanner' }, { name: 'manualEntry' }, { name: 'edit', id: 'a' }];
it.each(busy)('keeps what was begun on $name', async (screen) => {
  nav.push(screen);
  session.status = told(true);
  await pendingDone();
  expect(core.takeShared).not.toHaveBeenCalled();
  expect(nav.stack).toEqual([screen]);
  nav.back();
  await pendingDone();
  expect(nav.stack).toEqual([{ name: 'confirmEntry', draftId: 'theirs' }]);
});

it('does not join a transfer in progress', async () => {
  nav.push({ name: 'add' });
  drafts.gather(answer(['ours'], { batches: [{ read: 1, missing: [2] }] as unknown as ScanResult['batches'] }));
  session.status = told(true);
  await pendingDone();
  expect(drafts.list).toEqual([draft('ours')]);
  expect(nav.stack).toEqual([{ name: 'add' }]);
  drafts.discardAll();
  nav.home();
  await pendingDone();
  expect(drafts.list).toEqual([draft('theirs')]);
});

it('waits until a dialog is answered', async () => {
  const closed = nav.overlay(() => undefined);
  session.status = told(true);
  await pendingDone();
  expect(nav.stack).toEqual([]);
  closed();
  await pendingDone();
  expect(nav.stack).toEqual([{ name: 'confirmEntry', draftId: 'theirs' }]);
});

it('waits if something was begun while it was read', async () => {
  let give = (_: ScanResult) => {};
  core.takeShared.mockReturnValue(new Promise<ScanResult>((resolve) => (give = resolve)));
  session.status = told(true);
  await pendingDone();
  nav.push({ name: 'pasteLink' });
  give(answer(['theirs']));
  await pendingDone();
  expect(nav.stack).toEqual([{ name: 'pasteLink' }]);
  nav.back();
  await pendingDone();
  expect(nav.stack).toEqual([{ name: 'confirmEntry', draftId: 'theirs' }]);
});

it('shows every error if nothing can be added', async () => {
  core.takeShared.mockResolvedValue(
    answer([], {
      errors: [
        { code: 'webAddress', params: {} },
        { code: 'tooManyShared', params: { count: '3' } },
      ],
    }),
  );
  session.status = told(true);
  await pendingDone();
  expect(toasts.list).toHaveLength(2);
});
