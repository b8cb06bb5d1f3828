import { call } from './call';
import type { Credential, SetAsideFile, KeysReplaced, CurrentCredential, VaultCredentials, RecoveryWords, ChecklistItem, WantedCredential } from './wire';

export const listCredentials = () => call<VaultCredentials>('list_credentials');

export const setCredential = (credential: Credential, text: string) =>
  call<void>('set_credential', { credential, text });

export const removeCredential = (credential: Credential) => call<void>('remove_credential', { credential });

export const setKdfCost = (credential: Credential, text: string, memoryMib: number) =>
  call<void>('set_kdf_cost', { credential, text, memoryMib });

export const acceptRollback = () => call<void>('accept_rollback');
/** Switches to the newer copy beside an older vault. */
export const takeNewerCopy = () => call<void>('take_newer_copy');
/** Postpones the new credential until the next unlock. */
export const postponeNewCredential = () => call<void>('postpone_new_credential');

/** The credentials of the vault, and what each of them needs to stay when the keys are replaced. */
export const planKeyReplacement = () => call<CurrentCredential[]>('plan_key_replacement');
/** New recovery words for the vault with new keys; nothing is written yet. `verifyRecoveryWords` confirms them. */
export const draftRecoveryWords = () => call<RecoveryWords>('draft_recovery_words');
/**
 * Seals the vault under new keys, with these credentials and no others. `confirmed`: it is known that nothing would be left that
 * opens a copy on another device. `dialog` is for the system's dialog of a biometric.
 */
export const replaceKeys = (
  credentials: readonly WantedCredential[],
  typed: { passphrase: string; pin: string; dialog: string },
  confirmed: boolean,
) => call<KeysReplaced>('replace_keys', { credentials, ...typed, confirmed });

/** Old files, which can still be unlocked with the credentials of their time. */
export const setAsideFiles = () => call<SetAsideFile[]>('set_aside_files');
export const deleteSetAsideFile = (name: string) => call<void>('delete_set_aside_file', { name });

/** The services that the user has to ask for new secrets; empty if there is no such list. */
export const newSecretsChecklist = () => call<ChecklistItem[]>('new_secrets_checklist');
/** Starts such a list of all entries, or ends it with `false`. */
export const setNewSecretsChecklist = (wanted: boolean) => call<void>('set_new_secrets_checklist', { wanted });
export const tickNewSecret = (id: string, done: boolean) => call<void>('tick_new_secret', { id, done });
