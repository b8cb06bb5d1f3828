import type { ErrorCode, WireError } from './wire';

/** A command that was refused: the code and the values for its sentence, nothing else. */
export class CommandError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: WireError['params'] = {},
  ) {
    super(code);
  }
}

/** What a rejected command means. Anything that is not a `WireError` is a fault of our own. */
export function toCommandError(reason: unknown): CommandError {
  if (reason instanceof CommandError) return reason;
  if (typeof reason === 'object' && reason !== null && 'code' in reason) {
    const { code, params } = reason as WireError;
    return new CommandError(code, params ?? {});
  }
  return new CommandError('internal');
}
