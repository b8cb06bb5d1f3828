import { t, type Key } from '../i18n/index.svelte';
import type { Credential } from '../ipc';

/** What each kind of credential is called. */
export const credentialName: Record<Credential, Key> = {
  pin: 'way.pin',
  passphrase: 'way.passphrase',
  biometric: 'way.biometric',
  device: 'way.device',
  recovery: 'way.recovery',
};

/** What the system's dialog of a biometric says: its sentence, and in a line below the word of the button that leaves it. */
export const dialogText = (sentence: Key): string => `${t(sentence)}\n${t('common.cancel')}`;
