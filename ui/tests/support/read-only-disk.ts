import { execFileSync } from 'node:child_process';
import { Core } from './core';

/** A core whose folder is read-only. Only this core sees it so. */
export function onReadOnlyDisk(folder: string): Core {
  const script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
  return new Core(folder, 'raw', ['unshare', '--mount', 'sh', '-c', script, folder]);
}

/** Makes the folder writable. */
export function makeWritable({ pid, folder }: Core): void {
  execFileSync('nsenter', ['--target', String(pid), '--mount', 'mount', '-o', 'remount,bind,rw', folder]);
}
