import type { Core } from './core';
import { PASSPHRASE, PIN, unlock } from './vaults';

/** What opens the vault of a test. */
export type Has = 'passphrase' | 'pin' | 'pin and passphrase' | 'no code';

/**
 * Opens the vault, which has a passphrase and recovery words, and gives it these ways instead; a biometric on top
 * where the device is ready for it and that is said. It stays open.
 */
export async function give(core: Core, has: Has, biometric = false): Promise<void> {
  await unlock(core);
  if (has === 'no code') await core.call('set_credential', { credential: 'device', text: '' });
  else if (has !== 'passphrase') await core.call('set_credential', { credential: 'pin', text: PIN });
  if (biometric) await core.call('set_credential', { credential: 'biometric', text: 'test' });
  if (has === 'pin' || has === 'no code') {
    await core.call('remove_credential', { credential: 'passphrase', confirmed: true });
  }
}

export const openBy = (core: Core, has: Has) =>
  has === 'no code'
    ? core.call('unlock', { credential: 'device', text: '' })
    : has === 'pin'
      ? core.call('unlock', { credential: 'pin', text: PIN })
      : core.call('unlock', { credential: 'passphrase', text: PASSPHRASE });
