import { call } from './call';
import type { Credential, KeptFile, KeysReplaced, PresentWay, Protection, RecoveryWords, Renewal, WantedWay } from './wire';

export const protection = () => call<Protection>('protection');

export const setCredential = (credential: Credential, text: string) =>
  call<void>('set_credential', { credential, text });

export const removeCredential = (credential: Credential) => call<void>('remove_credential', { credential });

export const setCost = (credential: Credential, text: string, memoryMib: number) =>
  call<void>('set_cost', { credential, text, memoryMib });

export const acceptRollback = () => call<void>('accept_rollback');
/** Goes on with the newer copy beside such a vault. */
export const takeNewerCopy = () => call<void>('take_newer_copy');
/** A new credential is put off until the next opening. */
export const postponeCredential = () => call<void>('postpone_credential');

/** What opens the vault, and what each way needs to stay when the keys are replaced. */
export const keyPlan = () => call<PresentWay[]>('key_plan');
/** New recovery words for the vault with other keys: nothing is written yet. They are confirmed with `confirmRecovery`. */
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

/** The files that were kept aside, and still open with what opened them then. */
export const keptFiles = () => call<KeptFile[]>('kept_files');
export const deleteKeptFile = (name: string) => call<void>('delete_kept_file', { name });

/** The services that are to be asked for new secrets; empty where there is no such list. */
export const renewals = () => call<Renewal[]>('renewals');
/** Lists every entry for that, or, with `false`, ends the list. */
export const listRenewals = (wanted: boolean) => call<void>('list_renewals', { wanted });
export const tickRenewal = (id: string, done: boolean) => call<void>('tick_renewal', { id, done });
