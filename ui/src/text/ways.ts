import type { Key } from '../i18n/index.svelte';
import type { Credential } from '../ipc';

/** What each kind of credential is called. */
export const wayName: Record<Credential, Key> = {
  pin: 'way.pin',
  passphrase: 'way.passphrase',
  biometric: 'way.biometric',
  device: 'way.device',
  recovery: 'way.recovery',
};
