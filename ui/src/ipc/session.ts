import { Channel } from '@tauri-apps/api/core';
import { call } from './call';
import type {
  Appearance,
  Credential,
  Haptic,
  Notice,
  RecoveryWords,
  Resumed,
  Safety,
  Status,
  Strength,
  WordAnswer,
} from './wire';

export const status = () => call<Status>('status');

export const watch = (listener: (notice: Notice) => void) =>
  call<void>('watch', { notices: new Channel<Notice>(listener) });

export const touch = () => call<void>('touch');

/** `place`: the UI state when the window is hidden, which may lock the vault; null if nothing is under way. */
export const setVisible = (visible: boolean, place: string | null) =>
  call<void>('set_visible', { visible, place });

/** While held, a hidden window does not count as leaving the app, because the UI opened a system dialog. */
export const holdOpen = (hold: boolean) => call<void>('hold_open', { hold });

/** Keeps a phone's screen on while a code is shown. */
export const showCode = (shown: boolean) => call<void>('show_code', { shown });

/** Answers a touch with a short vibration, if the device can. */
export const vibrate = (haptic: Haptic) => call<void>('vibrate', { haptic });

export const judgePassphrase = (passphrase: string) =>
  call<Strength>('judge_passphrase', { passphrase });

export const createVault = (credential: Credential, text: string) =>
  call<RecoveryWords>('create_vault', { credential, text });

export const confirmRecovery = (answers: WordAnswer[]) =>
  call<void>('confirm_recovery', { answers });

/** Creates the first recovery words of a vault that has none. */
export const addRecovery = () => call<RecoveryWords>('add_recovery');

export const prove = (credential: Credential, text: string) =>
  call<void>('prove', { credential, text });

export const unlock = (credential: Credential, text: string) =>
  call<Status>('unlock', { credential, text });

export const lock = () => call<void>('lock');

export const openBackup = (credential: Credential, text: string) =>
  call<Status>('open_backup', { credential, text });

export const restoreBackup = () => call<Status>('restore_backup');

export const keepPlace = (place: string | null) => call<void>('keep_place', { place });

export const resume = () => call<Resumed>('resume');

export const safety = () => call<Safety>('safety');

export const setSafety = (safety: Safety) => call<Safety>('set_safety', { safety });

export const appearance = () => call<Appearance>('appearance');

export const setAppearance = (appearance: Appearance) =>
  call<Appearance>('set_appearance', { appearance });
