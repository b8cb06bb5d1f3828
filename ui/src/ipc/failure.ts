import type { ErrorCode, WireError } from './wire';

/** The error of a command: a code and the values for its message, nothing else. */
export class CommandError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: WireError['params'] = {},
  ) {
    super(code);
  }
}

/** Converts a rejection. Anything that is not a `WireError` is a bug of ours. */
export function toCommandError(reason: unknown): CommandError {
  if (reason instanceof CommandError) return reason;
  if (typeof reason === 'object' && reason !== null && 'code' in reason) {
    const { code, params } = reason as WireError;
    return new CommandError(code, params ?? {});
  }
  return new CommandError('internal');
}
