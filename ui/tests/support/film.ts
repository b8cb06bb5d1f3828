import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT, UI } from './places';
import { drawQr, type Grey } from './qr';

/** The collected pictures, which are not part of the project. */
const COLLECTED = join(process.env.TROUSSEAU_FIXTURES ?? join(UI, '../../shared'), 'qr/pictures');

/** Whether they are available. It throws if they are required and missing. */
export function areCollected(): boolean {
  const there = existsSync(join(COLLECTED, 'MANIFEST.tsv'));
  if (!there && process.env.TROUSSEAU_REQUIRE_FIXTURES === '1') throw new Error(`no pictures at ${COLLECTED}`);
  return there;
}

/** Makes a film of one of them, as from a hand-held camera, with `crates/scan/examples/film.rs`. */
export function filmOf(picture: string, file: string): void {
  execFileSync(join(BUILT, 'debug/examples/film'), [COLLECTED, picture, file], { stdio: 'inherit' });
}

const [WIDTH, HEIGHT] = [640, 480];
const FRAMES_A_SECOND = 15;
const PAPER = 150;

/**
 * Writes a film (Y4M, I420) of a code that is moved in front of the camera: a second of movement and blur, then two
 * seconds of holding it nearly still. Chromium plays it repeatedly.
 */
export function writeFilm(file: string, text: string): void {
  const code = drawQr(text, 7);
  const parts: Uint8Array[] = [
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`),
  ];
  for (let at = 0; at < FRAMES_A_SECOND; at += 1) {
    parts.push(frame(smear(place(code, 240 - 16 * at, 60 - 4 * at), 24 - at)));
  }
  for (let at = 0; at < 2 * FRAMES_A_SECOND; at += 1) {
    parts.push(frame(place(code, at % 2, at % 2)));
  }
  writeFileSync(file, Buffer.concat(parts));
}

/** The code on a grey background, at this distance from the middle. */
function place({ width, height, pixels }: Grey, right: number, down: number): Uint8Array {
  const luma = new Uint8Array(WIDTH * HEIGHT).fill(PAPER);
  const [left, top] = [Math.floor((WIDTH - width) / 2) + right, Math.floor((HEIGHT - height) / 2) + down];
  for (let y = Math.max(0, -top); y < height && top + y < HEIGHT; y += 1) {
    const seen = pixels.subarray(y * width, y * width + Math.min(width, WIDTH - left));
    luma.set(seen, (top + y) * WIDTH + left);
  }
  return luma;
}

/** Motion blur: each pixel is the mean of the `length` pixels to its left. */
function smear(luma: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(luma.length);
  for (let row = 0; row < luma.length; row += WIDTH) {
    let sum = PAPER * length;
    for (let x = 0; x < WIDTH; x += 1) {
      const leaving = x < length ? PAPER : (luma[row + x - length] ?? PAPER);
      sum += (luma[row + x] ?? PAPER) - leaving;
      out[row + x] = sum / length;
    }
  }
  return out;
}

/** One frame: the luma, and neutral chroma. */
function frame(luma: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc(luma.length / 2, 128)]);
}
