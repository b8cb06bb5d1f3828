import { call } from './call';
import type {
  Copied,
  DamagedDetails,
  Diagnosis,
  EntryChanges,
  EntryDetails,
  Group,
  QrDrawing,
  Revealed,
  Shown,
  Side,
  ViewPage,
  ViewRequest,
} from './wire';

export const view = (request: ViewRequest) => call<ViewPage>('view', { request });

export const reveal = (id: string) => call<Revealed>('reveal', { id });

export const revealVisible = (ids: string[]) => call<Revealed[]>('reveal_visible', { ids });

export const advanceCounter = (id: string) => call<Revealed>('advance_counter', { id });

export const copyCode = (id: string, shown: Shown) => call<Copied>('copy_code', { id, shown });

/** Two successive codes from a device that the service accepts. */
export const diagnose = (id: string, first: string, second: string) =>
  call<Diagnosis>('diagnose', { id, first, second });

export const details = (id: string) => call<EntryDetails>('details', { id });

/** For an entry that cannot be read. */
export const damagedDetails = (id: string) => call<DamagedDetails>('damaged_details', { id });

export const showQr = (id: string) => call<QrDrawing>('show_qr', { id });

export const editEntry = (id: string, changes: EntryChanges) =>
  call<EntryDetails>('edit_entry', { id, changes });

export const trashEntry = (id: string) => call<void>('trash_entry', { id });

export const restoreEntry = (id: string) => call<void>('restore_entry', { id });

/** Deletes an entry for good that is in the trash or cannot be read. */
export const purgeEntry = (id: string) => call<void>('purge_entry', { id });

/** Deletes everything in the trash for good. */
export const emptyTrash = () => call<void>('empty_trash');

/** Moves an entry directly before or after another one in the manual order. */
export const moveEntry = (id: string, side: Side, other: string) => call<void>('move_entry', { id, side, other });

/** Sets the groups of an entry. */
export const setGroups = (id: string, groups: string[]) => call<EntryDetails>('set_groups', { id, groups });

export const addGroup = (name: string) => call<Group>('add_group', { name });

export const renameGroup = (id: string, name: string) => call<void>('rename_group', { id, name });

/** Its entries stay. */
export const removeGroup = (id: string) => call<void>('remove_group', { id });
