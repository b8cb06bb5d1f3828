import { Channel } from '@tauri-apps/api/core';
import { call } from './call';
import { CommandError } from './failure';
import {
  MAX_TEXT_CHARS,
  type Alphabet,
  type ManualEntry,
  type CameraEvent,
  type DraftChanges,
  type FrameEncoding,
  type ManualEntryResult,
  type SavedEntries,
  type SavedEntry,
  type ScanResult,
} from './wire';

/** Reads what another app has shared; null if there is nothing. */
export const takeShared = () => call<ScanResult | null>('take_shared');

export async function importText(text: string): Promise<ScanResult> {
  // Most texts are short enough even in units of UTF-16, which are never fewer.
  if (text.length > MAX_TEXT_CHARS && charsIn(text) > MAX_TEXT_CHARS) {
    throw new CommandError('textTooLong', { max: String(MAX_TEXT_CHARS) });
  }
  return call<ScanResult>('import_text', { text });
}

export const scanPicture = (bytes: Uint8Array, encoding: FrameEncoding) =>
  call<ScanResult>('scan_picture', encoding === 'raw' ? bytes : { picture: toBase64(bytes) });

/** `frame`: width and height, two bytes each, low byte first, then the luma. */
export const scanFrame = (frame: Uint8Array, encoding: FrameEncoding) =>
  call<ScanResult>('scan_frame', encoding === 'raw' ? frame : { frame: toBase64(frame) });

/** `alphabet`: the user's choice if the secret is valid in several. */
export const createDraft = (fields: ManualEntry, secret: string, alphabet: Alphabet | null) =>
  call<ManualEntryResult>('create_draft', { fields, secret, alphabet });

export const saveDraft = (draftId: string, changes: DraftChanges) =>
  call<SavedEntry>('save_draft', { draftId, changes });

/** Saves all of them or none, with the names that were read. */
export const saveDrafts = (draftIds: readonly string[]) => call<SavedEntries>('save_drafts', { draftIds });

export const discardDraft = (draftId: string) => call<void>('discard_draft', { draftId });

export const startCamera = (
  onEvent: (event: CameraEvent) => void,
  onPreview: (frame: ArrayBuffer) => void,
) =>
  call<void>('start_camera', {
    events: new Channel<CameraEvent>(onEvent),
    preview: new Channel<ArrayBuffer>(onPreview),
  });

export const stopCamera = () => call<void>('stop_camera');

/** Characters as Rust counts them: code points. */
function charsIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Standard base64 with padding. In chunks, because a call takes only so many arguments. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}
