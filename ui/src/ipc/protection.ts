import { call } from './call';
import type { Credential, KeptFile, KeysReplaced, PresentWay, Protection, RecoveryWords, Renewal, WantedWay } from './wire';

export const protection = () => call<Protection>('protection');

export const setCredential = (credential: Credential, text: string) =>
  call<void>('set_credential', { credential, text });

export const removeCredential = (credential: Credential) => call<void>('remove_credential', { credential });

export const setCost = (credential: Credential, text: string, memoryMib: number) =>
  call<void>('set_cost', { credential, text, memoryMib });

export const acceptRollback = () => call<void>('accept_rollback');
/** Switches to the newer copy beside an older vault. */
export const takeNewerCopy = () => call<void>('take_newer_copy');
/** Postpones the new credential until the next unlock. */
export const postponeCredential = () => call<void>('postpone_credential');

/** The credentials of the vault, and what each of them needs to stay when the keys are replaced. */
export const keyPlan = () => call<PresentWay[]>('key_plan');
/** New recovery words for the vault with new keys; nothing is written yet. `confirmRecovery` confirms them. */
export const draftWords = () => call<RecoveryWords>('draft_words');
/**
 * Seals the vault under new keys, with these ways and no others. `confirmed`: it is known that nothing would be left that
 * opens a copy on another device. `dialog` is for the system's dialog of a biometric.
 */
export const replaceKeys = (
  ways: readonly WantedWay[],
  typed: { passphrase: string; pin: string; dialog: string },
  confirmed: boolean,
) => call<KeysReplaced>('replace_keys', { ways, ...typed, confirmed });

/** Old files, which can still be unlocked with the credentials of their time. */
export const keptFiles = () => call<KeptFile[]>('kept_files');
export const deleteKeptFile = (name: string) => call<void>('delete_kept_file', { name });

/** The services that the user has to ask for new secrets; empty if there is no such list. */
export const renewals = () => call<Renewal[]>('renewals');
/** Starts such a list of all entries, or ends it with `false`. */
export const listRenewals = (wanted: boolean) => call<void>('list_renewals', { wanted });
export const tickRenewal = (id: string, done: boolean) => call<void>('tick_renewal', { id, done });
