import type { Kind } from '../ipc';

const GROUPS: Record<number, number[]> = {
  6: [3, 3],
  7: [3, 4],
  8: [4, 4],
  9: [3, 3, 3],
  10: [3, 3, 4],
};

/** The sizes of the groups in which a code is shown; a Steam code is one group. */
export function groupSizes(digits: number, kind: Kind): number[] {
  return (kind === 'steam' ? undefined : GROUPS[digits]) ?? [digits];
}

/** The groups of a code, in order. */
export function groups(code: string, kind: Kind): string[] {
  let at = 0;
  return groupSizes(code.length, kind).map((size) => code.slice(at, (at += size)));
}

/** The code with a space between its groups. */
export const grouped = (code: string, kind: Kind) => groups(code, kind).join(' ');

/** The code for a screen reader, one character at a time. */
export const spelled = (code: string) => Array.from(code).join(' ');

/** The CSS class of the text size: a long code is smaller, so that it stays in one line with its ring. */
export const codeSize = (digits: number) =>
  digits <= 6 ? 'size-code' : digits <= 8 ? 'size-code-8' : 'size-code-10';
