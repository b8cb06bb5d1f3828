import type { Key } from '../i18n/index.svelte';
import type { Credential } from '../ipc';
import type { Outcome, CredentialOutcome } from '../state/key-replacement';

/** The labels of the outcomes. All outcomes that keep the credential have the same label. */
export const choiceName: Record<Outcome, Key> = {
  stays: 'outcome.keep',
  same: 'outcome.keep',
  dialog: 'outcome.keep',
  new: 'outcome.replace',
  goes: 'outcome.remove',
  gone: 'outcome.remove',
};

const TEXTS: Record<Credential, Partial<Record<Outcome, Key>>> = {
  passphrase: { same: 'outcome.passphraseSame', new: 'outcome.passphraseNew', goes: 'outcome.passphraseGoes' },
  recovery: { new: 'outcome.recoveryNew', goes: 'outcome.recoveryGoes' },
  pin: { same: 'outcome.pinSame', new: 'outcome.pinNew', goes: 'outcome.pinGoes' },
  biometric: { dialog: 'outcome.biometricDialog', goes: 'outcome.biometricGoes' },
  device: { goes: 'outcome.deviceGoes' },
};

/** A sentence about what happens to a credential. */
export function outcomeText({ credential, outcome }: CredentialOutcome): Key {
  return TEXTS[credential][outcome] ?? (outcome === 'gone' ? 'outcome.gone' : 'outcome.stays');
}
