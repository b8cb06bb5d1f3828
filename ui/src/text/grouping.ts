import type { Kind } from '../ipc';

const GROUPS: Record<number, number[]> = {
  6: [3, 3],
  7: [3, 4],
  8: [4, 4],
  9: [3, 3, 3],
  10: [3, 3, 4],
};

/** How a code of `digits` characters is parted for reading; a Steam code stays whole. */
export function groupSizes(digits: number, kind: Kind): number[] {
  return (kind === 'steam' ? undefined : GROUPS[digits]) ?? [digits];
}

/** The parts of a code, in order. */
export function groups(code: string, kind: Kind): string[] {
  let at = 0;
  return groupSizes(code.length, kind).map((size) => code.slice(at, (at += size)));
}

/** The code with a space between its groups. */
export const grouped = (code: string, kind: Kind) => groups(code, kind).join(' ');

/** The code as a screen reader should say it: one character at a time. */
export const spelled = (code: string) => Array.from(code).join(' ');

/** The class of type size: a long code is set smaller, so that it stays in one line with its ring. */
export const codeSize = (digits: number) =>
  digits <= 6 ? 'size-code' : digits <= 8 ? 'size-code-8' : 'size-code-10';
