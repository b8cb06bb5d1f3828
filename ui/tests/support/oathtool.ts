import { execFileSync } from 'node:child_process';

type Totp = { secret: string; digits?: number; period?: number; algorithm?: 'sha1' | 'sha256' | 'sha512' };

const oathtool = (...words: string[]) => execFileSync('oathtool', words, { encoding: 'utf8' }).trim();

/** The code of an independent implementation at this time (Unix ms). */
export function totp(of: Totp, atMs: number): string {
  const { secret, digits = 6, period = 30, algorithm = 'sha1' } = of;
  const now = `@${Math.floor(atMs / 1000)}`;
  return oathtool(`--totp=${algorithm}`, '-b', '-d', `${digits}`, '-s', `${period}s`, '--now', now, secret);
}

/** The codes that were valid at any time between two. */
export const totpBetween = (of: Totp, fromMs: number, toMs: number) => [totp(of, fromMs), totp(of, toMs)];

export const hotp = (secret: string, counter: number) => oathtool('--hotp', '-b', '-c', `${counter}`, secret);
