import { call } from './call';
import type {
  Copied,
  DamagedEntryDetails,
  Diagnosis,
  EntryChanges,
  EntryDetails,
  Group,
  QrDrawing,
  RevealedCode,
  CodeRef,
  Placement,
  ListPage,
  ListRequest,
} from './wire';

export const listEntries = (request: ListRequest) => call<ListPage>('list_entries', { request });

export const reveal = (id: string) => call<RevealedCode>('reveal', { id });

export const revealVisible = (ids: string[]) => call<RevealedCode[]>('reveal_visible', { ids });

export const advanceCounter = (id: string) => call<RevealedCode>('advance_counter', { id });

export const copyCode = (id: string, codeRef: CodeRef) => call<Copied>('copy_code', { id, codeRef });

/** Two successive codes from a device that the service accepts. */
export const checkCodes = (id: string, first: string, second: string) =>
  call<Diagnosis>('check_codes', { id, first, second });

export const entryDetails = (id: string) => call<EntryDetails>('entry_details', { id });

/** For an entry that cannot be read. */
export const damagedEntryDetails = (id: string) => call<DamagedEntryDetails>('damaged_entry_details', { id });

export const exportQr = (id: string) => call<QrDrawing>('export_qr', { id });

export const updateEntry = (id: string, changes: EntryChanges) =>
  call<EntryDetails>('update_entry', { id, changes });

export const trashEntry = (id: string) => call<void>('trash_entry', { id });

export const restoreEntry = (id: string) => call<void>('restore_entry', { id });

/** Deletes an entry for good that is in the trash or cannot be read. */
export const deleteEntry = (id: string) => call<void>('delete_entry', { id });

/** Deletes everything in the trash for good. */
export const emptyTrash = () => call<void>('empty_trash');

/** Moves an entry directly before or after another one in the manual order. */
export const moveEntry = (id: string, placement: Placement, other: string) => call<void>('move_entry', { id, placement, other });

/** Sets the groups of an entry. */
export const setGroups = (id: string, groups: string[]) => call<EntryDetails>('set_groups', { id, groups });

export const addGroup = (name: string) => call<Group>('add_group', { name });

export const renameGroup = (id: string, name: string) => call<void>('rename_group', { id, name });

/** Its entries stay. */
export const removeGroup = (id: string) => call<void>('remove_group', { id });
