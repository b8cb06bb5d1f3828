import { call } from './call';
import type { Credential, Protection } from './wire';

export const protection = () => call<Protection>('protection');

export const setCredential = (credential: Credential, text: string) =>
  call<void>('set_credential', { credential, text });

export const removeCredential = (credential: Credential, confirmed: boolean) =>
  call<void>('remove_credential', { credential, confirmed });

export const setCost = (credential: Credential, text: string, memoryMib: number) =>
  call<void>('set_cost', { credential, text, memoryMib });

export const acceptRollback = () => call<void>('accept_rollback');
/** Goes on with the newer copy beside such a vault. */
export const takeNewerCopy = () => call<void>('take_newer_copy');
/** A new credential is put off until the next opening. */
export const postponeCredential = () => call<void>('postpone_credential');
