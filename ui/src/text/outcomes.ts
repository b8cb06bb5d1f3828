import type { Key } from '../i18n/index.svelte';
import type { Credential } from '../ipc';
import type { Outcome, CredentialOutcome } from '../state/key-replacement';

/** The labels of the outcomes. All outcomes that keep the credential have the same label. */
export const choiceName: Record<Outcome, Key> = {
  stays: 'fate.keep',
  same: 'fate.keep',
  dialog: 'fate.keep',
  new: 'fate.replace',
  goes: 'fate.remove',
  gone: 'fate.remove',
};

const TEXTS: Record<Credential, Partial<Record<Outcome, Key>>> = {
  passphrase: { same: 'fate.passphraseSame', new: 'fate.passphraseNew', goes: 'fate.passphraseGoes' },
  recovery: { new: 'fate.recoveryNew', goes: 'fate.recoveryGoes' },
  pin: { same: 'fate.pinSame', new: 'fate.pinNew', goes: 'fate.pinGoes' },
  biometric: { dialog: 'fate.biometricDialog', goes: 'fate.biometricGoes' },
  device: { goes: 'fate.deviceGoes' },
};

/** A sentence about what happens to a credential. */
export function outcomeText({ credential, outcome }: CredentialOutcome): Key {
  return TEXTS[credential][outcome] ?? (outcome === 'gone' ? 'fate.gone' : 'fate.stays');
}
