import { tick } from 'svelte';
import { t } from '../i18n/index.svelte';
import * as ipc from '../ipc';
import { announcer } from './announce.svelte';
import { autoPrompt } from './auto-prompt.svelte';
import { codes } from './codes.svelte';
import { drafts } from './drafts.svelte';
import { entries } from './entries.svelte';
import { followKeyboard } from './keyboard';
import { uiState } from './ui-state.svelte';
import { nav } from './navigation.svelte';
import { answerSystemBack } from './system-back';
import { expandedRow } from './expanded-row.svelte';
import { reauth } from './reauth.svelte';
import { newSecretsChecklist } from './new-secrets-checklist.svelte';
import { session } from './session.svelte';
import { settings } from './settings.svelte';
import { toasts } from './toasts.svelte';
import { formState } from './form-state.svelte';

const REPORT_EVERY_MS = 5000;

/** Loads what the first screen needs, and starts to listen to the core and the window. */
export async function bootstrap(): Promise<void> {
  followKeyboard();
  answerSystemBack();
  ipc.onLocked(() => void session.refresh());
  // Subscribe first, so that no change after the first answer is missed.
  await Promise.all([settings.loadAppearance(), ipc.subscribe(onEvent).catch(() => undefined)]);
  await session.refresh();
  autoPrompt.onWindowShown(!session.open);
  document.addEventListener('visibilitychange', () => void onVisibilityChange(isVisible()));
  // The core may still believe that the window is hidden, as an earlier page reported.
  if (isVisible()) void ipc.setWindowVisible(true, null).catch(() => undefined);
  else if (session.open) void onVisibilityChange(false);
  for (const event of ['pointerdown', 'keydown'] as const) {
    window.addEventListener(event, onActivity, { capture: true, passive: true });
  }
}

/** Removes everything about the entries from the page after a lock. */
export function clearAll(): void {
  uiState.stop();
  expandedRow.clear();
  codes.clear();
  announcer.clear();
  entries.clear();
  newSecretsChecklist.clear();
  drafts.clear();
  formState.clear();
  reauth.finish(false);
  nav.clear();
  toasts.clear();
  settings.clear();
  session.postponed = false;
}

let changes = 0;

/** Reports whether the window is in front, and uncovers the page when the core has confirmed that it may be shown. */
async function onVisibilityChange(visible: boolean): Promise<void> {
  const mine = ++changes;
  if (visible) codes.tick();
  else {
    cover(true);
    autoPrompt.onWindowHidden();
  }
  await ipc.setWindowVisible(visible, visible ? null : uiState.snapshot()).catch(() => undefined);
  if (!visible) return;
  await session.refresh();
  // A phone may suspend the page here for hours: only the latest change counts.
  if (mine !== changes) return;
  autoPrompt.onWindowShown(!session.open);
  await tick();
  cover(false);
}

const isVisible = () => document.visibilityState === 'visible';

/** Hides the page: a web view that returns shows its last picture first, which must hold no entries. */
const cover = (away: boolean) => void document.documentElement.toggleAttribute('data-away', away);

function onEvent(notice: ipc.CoreEvent): void {
  if (notice === 'statusChanged') void session.refresh();
  else toasts.say(t('toast.clipboardCleared'));
}

let reportedAt = 0;

function onActivity(): void {
  autoPrompt.cancel();
  const now = Date.now();
  if (!session.open || now - reportedAt < REPORT_EVERY_MS) return;
  reportedAt = now;
  void ipc.reportActivity().catch(() => undefined);
}
