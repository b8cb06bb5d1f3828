import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const VAULT = 'vault.trousseau';
/** After the magic: two bytes, big-endian (`crates/vault/FORMAT.md`). */
const VERSION_AT = 10;

export const readVault = (folder: string) => readFileSync(join(folder, VAULT));

/** Damage to the vault file before the app starts. */
const KINDS = {
  none: () => undefined,
  /** One flipped bit in the sealed payload, found only on unlocking. */
  payload: (bytes) => {
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40);
    return bytes;
  },
  /** Truncated in its header, found before any credential is asked for. */
  truncated: (bytes) => bytes.subarray(0, 100),
  newer: (bytes) => {
    bytes.writeUInt16BE(2, VERSION_AT);
    return bytes;
  },
} satisfies Record<string, (bytes: Buffer) => Buffer | undefined>;
export type Damage = keyof typeof KINDS;

export function damageVault(folder: string, damage: Damage): void {
  const bytes = KINDS[damage](readVault(folder));
  if (bytes) writeFileSync(join(folder, VAULT), bytes);
}

/** Removes the backup, too; throws if there is none. */
export const removeBackup = (folder: string) => rmSync(join(folder, `${VAULT}.bak`));
