import type { Credential, RecoveryWords } from '../../src/ipc/wire';
import type { Core } from './core';
import { PASSPHRASE, PIN, unlock } from './vaults';

/** What opens the vault of a test. */
export type Has = 'passphrase' | 'pin' | 'pin and passphrase' | 'no code';

/**
 * Opens the vault, which has a passphrase and recovery words, and gives it these ways instead; a biometric on top
 * where the device is ready for it and that is said. It stays open.
 *
 * Answers its new recovery words where the passphrase went, and nothing where the words stayed as they were.
 */
export async function give(core: Core, has: Has, biometric = false): Promise<string[]> {
  await unlock(core);
  if (has === 'no code') await core.call('set_credential', { credential: 'device', text: '' });
  else if (has !== 'passphrase') await core.call('set_credential', { credential: 'pin', text: PIN });
  const words = has === 'pin' || has === 'no code' ? await keepOnly(core, has === 'pin' ? 'pin' : 'device') : [];
  if (biometric) await core.call('set_credential', { credential: 'biometric', text: 'test' });
  return words;
}

/** Replaces the keys, so that this way and new recovery words are left. */
async function keepOnly(core: Core, credential: Credential): Promise<string[]> {
  const { words, ask } = await core.call<RecoveryWords>('draft_words');
  await core.call('confirm_recovery', { answers: ask.map((position) => ({ position, word: words[position - 1] })) });
  await core.call('replace_keys', {
    ways: [
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

export const openBy = (core: Core, has: Has) =>
  has === 'no code'
    ? core.call('unlock', { credential: 'device', text: '' })
    : has === 'pin'
      ? core.call('unlock', { credential: 'pin', text: PIN })
      : core.call('unlock', { credential: 'passphrase', text: PASSPHRASE });
