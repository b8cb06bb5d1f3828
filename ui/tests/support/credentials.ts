import type { Credential, RecoveryWords } from '../../src/ipc/wire';
import type { Core } from './core';
import { PASSPHRASE, PIN, unlock } from './vaults';

/** The credentials of a test's vault. */
export type CredentialSet = 'passphrase' | 'pin' | 'pin and passphrase' | 'no code';

/**
 * Unlocks the vault, which has a passphrase and recovery words, and replaces these by other credentials, optionally
 * with a biometric in addition. The vault stays unlocked.
 *
 * Returns the new recovery words if the passphrase was removed, and nothing if the words are unchanged.
 */
export async function setUpCredentials(core: Core, has: CredentialSet, biometric = false): Promise<string[]> {
  await unlock(core);
  if (has === 'no code') await core.call('set_credential', { credential: 'device', text: '' });
  else if (has !== 'passphrase') await core.call('set_credential', { credential: 'pin', text: PIN });
  const words = has === 'pin' || has === 'no code' ? await keepOnly(core, has === 'pin' ? 'pin' : 'device') : [];
  if (biometric) await core.call('set_credential', { credential: 'biometric', text: 'test' });
  return words;
}

/** Replaces the keys, keeping only this credential and new recovery words. */
async function keepOnly(core: Core, credential: Credential): Promise<string[]> {
  const { words, ask } = await core.call<RecoveryWords>('draft_recovery_words');
  await core.call('verify_recovery_words', { answers: ask.map((position) => ({ position, word: words[position - 1] })) });
  await core.call('replace_keys', {
    credentials: [
      { credential, isNew: false },
      { credential: 'recovery', isNew: true },
    ],
    passphrase: '',
    pin: credential === 'pin' ? PIN : '',
    dialog: 'test',
    confirmed: false,
  });
  return words;
}

export const unlockWith = (core: Core, has: CredentialSet) =>
  has === 'no code'
    ? core.call('unlock', { credential: 'device', text: '' })
    : has === 'pin'
      ? core.call('unlock', { credential: 'pin', text: PIN })
      : core.call('unlock', { credential: 'passphrase', text: PASSPHRASE });
