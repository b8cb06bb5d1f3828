import type { Credential } from '../ipc';
import type { IconName } from './icons';

export const credentialIcon: Record<Credential, IconName> = {
  pin: 'digits',
  passphrase: 'letters',
  biometric: 'finger',
  device: 'unlocked',
  recovery: 'words',
};
