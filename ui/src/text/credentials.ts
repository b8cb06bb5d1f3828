import { t, type Key } from '../i18n/index.svelte';
import type { Credential } from '../ipc';

/** The names of the credentials. */
export const credentialName: Record<Credential, Key> = {
  pin: 'credential.pin',
  passphrase: 'credential.passphrase',
  biometric: 'credential.biometric',
  device: 'credential.device',
  recovery: 'credential.recovery',
};

/** The text for the system's biometric dialog: its message, and on a second line the label of the cancel button. */
export const dialogText = (sentence: Key): string => `${t(sentence)}\n${t('common.cancel')}`;
