import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `ui`. */
export const UI = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where Cargo puts what it builds. */
export const BUILT = process.env.CARGO_TARGET_DIR ?? join(UI, '../target');

/** Where the pictures of the screens go. */
export const PICTURES = process.env.TROUSSEAU_PICTURES ?? join(BUILT, 'pictures');

/** A new folder of its own; whoever asks removes it. */
export const newFolder = () => mkdtempSync(join(tmpdir(), 'trousseau-'));
