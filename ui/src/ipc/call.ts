import { invoke, type InvokeArgs } from '@tauri-apps/api/core';
import { toCommandError } from './failure';

let tellLocked = () => {};

/** Who is told when a command is refused because the app locked meanwhile. */
export function onLocked(listener: () => void): void {
  tellLocked = listener;
}

/** Every command goes through here; a refusal is always a `CommandError`. */
export async function call<T>(command: string, args?: InvokeArgs): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (reason) {
    const error = toCommandError(reason);
    if (error.code === 'locked') tellLocked();
    throw error;
  }
}
