import { tick } from 'svelte';
import { t } from '../i18n/index.svelte';
import * as ipc from '../ipc';
import { announcer } from './announce.svelte';
import { arrival } from './arrival.svelte';
import { codes } from './codes.svelte';
import { drafts } from './drafts.svelte';
import { entries } from './entries.svelte';
import { followKeyboard } from './keyboard';
import { keeping } from './keeping.svelte';
import { nav } from './navigation.svelte';
import { answerSystemBack } from './one-step-back';
import { opened } from './opened.svelte';
import { proof } from './proof.svelte';
import { renewalList } from './renewals.svelte';
import { session } from './session.svelte';
import { settings } from './settings.svelte';
import { toasts } from './toasts.svelte';
import { typed } from './typed.svelte';

const TOUCH_EVERY_MS = 5000;

/** Asks the core for what the first screen needs, and listens from then on. */
export async function start(): Promise<void> {
  followKeyboard();
  answerSystemBack();
  ipc.onLocked(() => void session.refresh());
  // Listens first: what changes after the first answer is told.
  await Promise.all([settings.loadAppearance(), ipc.watch(hear).catch(() => undefined)]);
  await session.refresh();
  arrival.come(!session.open);
  document.addEventListener('visibilitychange', () => void turn(isVisible()));
  // The core may be open, and have heard last that a page before this one was left.
  if (isVisible()) void ipc.setVisible(true, null).catch(() => undefined);
  else if (session.open) void turn(false);
  for (const event of ['pointerdown', 'keydown'] as const) {
    window.addEventListener(event, noticePerson, { capture: true, passive: true });
  }
}

/** After a lock nothing of the entries is left in the page. */
export function forget(): void {
  keeping.stop();
  opened.clear();
  codes.clear();
  announcer.clear();
  entries.clear();
  renewalList.clear();
  drafts.clear();
  typed.clear();
  proof.settle(false);
  nav.clear();
  toasts.clear();
  settings.clear();
  session.postponed = false;
}

let turns = 0;

/** The window came to the front or left it. What was in sight before is so again when the core has said that it may be. */
async function turn(visible: boolean): Promise<void> {
  const mine = ++turns;
  if (visible) codes.tick();
  else {
    cover(true);
    arrival.leave();
  }
  await ipc.setVisible(visible, visible ? null : keeping.leave()).catch(() => undefined);
  if (!visible) return;
  await session.refresh();
  // The answer may be hours old: a phone stops the page amid this.
  if (mine !== turns) return;
  arrival.come(!session.open);
  await tick();
  cover(false);
}

const isVisible = () => document.visibilityState === 'visible';

/** A web view shows its last picture first: nothing of the entries is in it. */
const cover = (away: boolean) => void document.documentElement.toggleAttribute('data-away', away);

function hear(notice: ipc.Notice): void {
  if (notice === 'phaseChanged') void session.refresh();
  else toasts.say(t('toast.clipboardCleared'));
}

let touchedAt = 0;

function noticePerson(): void {
  arrival.settle();
  const now = Date.now();
  if (!session.open || now - touchedAt < TOUCH_EVERY_MS) return;
  touchedAt = now;
  void ipc.touch().catch(() => undefined);
}
