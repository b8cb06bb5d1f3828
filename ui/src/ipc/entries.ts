import { call } from './call';
import type {
  Copied,
  Diagnosis,
  EntryChanges,
  EntryDetails,
  QrDrawing,
  Revealed,
  Shown,
  ViewPage,
  ViewRequest,
} from './wire';

/** The most rows a view, and ids a `reveal_visible`, may ask for. */
export const PAGE = 100;

export const view = (request: ViewRequest) => call<ViewPage>('view', { request });

export const reveal = (id: string) => call<Revealed>('reveal', { id });

export const revealVisible = (ids: string[]) => call<Revealed[]>('reveal_visible', { ids });

export const advanceCounter = (id: string) => call<Revealed>('advance_counter', { id });

export const copyCode = (id: string, shown: Shown) => call<Copied>('copy_code', { id, shown });

/** Two successive codes of a device whose codes the service takes. */
export const diagnose = (id: string, first: string, second: string) =>
  call<Diagnosis>('diagnose', { id, first, second });

export const details = (id: string) => call<EntryDetails>('details', { id });

export const showQr = (id: string) => call<QrDrawing>('show_qr', { id });

export const editEntry = (id: string, changes: EntryChanges) =>
  call<EntryDetails>('edit_entry', { id, changes });

export const trashEntry = (id: string) => call<void>('trash_entry', { id });

export const restoreEntry = (id: string) => call<void>('restore_entry', { id });
