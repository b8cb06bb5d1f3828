import { invoke, type InvokeArgs } from '@tauri-apps/api/core';
import { toCommandError } from './failure';

let tellLocked = () => {};

/** Called when a command fails because the vault is locked. */
export function onLocked(listener: () => void): void {
  tellLocked = listener;
}

/** Runs a command. It rejects only with a `CommandError`. */
export async function call<T>(command: string, args?: InvokeArgs): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (reason) {
    const error = toCommandError(reason);
    if (error.code === 'locked') tellLocked();
    throw error;
  }
}
