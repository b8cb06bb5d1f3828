import type { Key } from '../i18n/index.svelte';
import type { Credential } from '../ipc';
import type { Fate, WayFate } from '../state/keys';

/** What can be chosen for a way. What is kept is called so, however it is done. */
export const choiceName: Record<Fate, Key> = {
  stays: 'fate.keep',
  same: 'fate.keep',
  dialog: 'fate.keep',
  new: 'fate.replace',
  goes: 'fate.remove',
  gone: 'fate.remove',
};

const TEXTS: Record<Credential, Partial<Record<Fate, Key>>> = {
  passphrase: { same: 'fate.passphraseSame', new: 'fate.passphraseNew', goes: 'fate.passphraseGoes' },
  recovery: { new: 'fate.recoveryNew', goes: 'fate.recoveryGoes' },
  pin: { same: 'fate.pinSame', new: 'fate.pinNew', goes: 'fate.pinGoes' },
  biometric: { dialog: 'fate.biometricDialog', goes: 'fate.biometricGoes' },
  device: { goes: 'fate.deviceGoes' },
};

/** What becomes of a way, in a sentence. */
export function fateText({ credential, fate }: WayFate): Key {
  return TEXTS[credential][fate] ?? (fate === 'gone' ? 'fate.gone' : 'fate.stays');
}
