import { Channel } from '@tauri-apps/api/core';
import { call } from './call';
import type {
  Appearance,
  Credential,
  Haptic,
  CoreEvent,
  RecoveryWords,
  RestoredState,
  SecuritySettings,
  Status,
  Strength,
  TypedWord,
} from './wire';

export const status = () => call<Status>('status');

export const subscribe = (listener: (event: CoreEvent) => void) =>
  call<void>('subscribe', { events: new Channel<CoreEvent>(listener) });

export const reportActivity = () => call<void>('report_activity');

/** `uiState`: the state when the window is hidden, which may lock the vault; null if nothing is under way. */
export const setWindowVisible = (visible: boolean, uiState: string | null) =>
  call<void>('set_window_visible', { visible, uiState });

/** While held, a hidden window does not count as leaving the app, because the UI opened a system dialog. */
export const holdAutoLock = (hold: boolean) => call<void>('hold_auto_lock', { hold });

/** Keeps a phone's screen on while a code is shown. */
export const keepScreenOn = (on: boolean) => call<void>('keep_screen_on', { on });

/** Answers a touch with a short vibration, if the device can. */
export const vibrate = (haptic: Haptic) => call<void>('vibrate', { haptic });

export const estimateStrength = (passphrase: string) =>
  call<Strength>('estimate_strength', { passphrase });

export const createVault = (credential: Credential, text: string) =>
  call<RecoveryWords>('create_vault', { credential, text });

export const verifyRecoveryWords = (answers: TypedWord[]) =>
  call<void>('verify_recovery_words', { answers });

/** Creates the first recovery words of a vault that has none. */
export const addRecoveryWords = () => call<RecoveryWords>('add_recovery_words');

export const reauthenticate = (credential: Credential, text: string) =>
  call<void>('reauthenticate', { credential, text });

export const unlock = (credential: Credential, text: string) =>
  call<Status>('unlock', { credential, text });

export const lock = () => call<void>('lock');

export const openPreviousGeneration = (credential: Credential, text: string) =>
  call<Status>('open_previous_generation', { credential, text });

export const restorePreviousGeneration = () => call<Status>('restore_previous_generation');

export const saveUiState = (uiState: string | null) => call<void>('save_ui_state', { uiState });

export const restoreUiState = () => call<RestoredState>('restore_ui_state');

export const securitySettings = () => call<SecuritySettings>('security_settings');

export const setSecuritySettings = (settings: SecuritySettings) => call<SecuritySettings>('set_security_settings', { settings });

export const appearance = () => call<Appearance>('appearance');

export const setAppearance = (appearance: Appearance) =>
  call<Appearance>('set_appearance', { appearance });
