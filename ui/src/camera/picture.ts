import {
  CommandError,
  MAX_PICTURE_MB,
  scanFrame,
  scanPicture,
  toCommandError,
  type FrameEncoding,
  type ScanResult,
} from '../ipc';
import { fitWithin, toFrame } from './luma';

/** The longest side of a picture that the web view decodes for the core. */
const LONGEST = 2000;

/** Reads a picture. Formats that the core cannot decode (HEIC) are decoded by the web view. */
export async function readPictureFile(file: Blob, encoding: FrameEncoding): Promise<ScanResult> {
  if (file.size > MAX_PICTURE_MB * 1_000_000) {
    throw new CommandError('fileTooLarge', { maxMb: String(MAX_PICTURE_MB) });
  }
  try {
    return found(await scanPicture(new Uint8Array(await file.arrayBuffer()), encoding));
  } catch (reason) {
    const error = toCommandError(reason);
    const frame = error.code === 'notAPicture' ? await decodeHere(file) : null;
    if (!frame) throw error;
    return found(await scanFrame(frame, encoding));
  }
}

function found(answer: ScanResult): ScanResult {
  if (answer.drafts.length === 0 && answer.errors.length === 0) {
    throw new CommandError('noCodeInPicture');
  }
  return answer;
}

async function decodeHere(file: Blob): Promise<Uint8Array | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  const { width, height } = fitWithin(bitmap.width, bitmap.height, LONGEST);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  // Transparent parts become white.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return toFrame(context.getImageData(0, 0, width, height).data, width, height);
}
