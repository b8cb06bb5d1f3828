import { execFileSync } from 'node:child_process';

type Totp = { secret: string; digits?: number; period?: number; algorithm?: 'sha1' | 'sha256' | 'sha512' };

const oathtool = (...words: string[]) => execFileSync('oathtool', words, { encoding: 'utf8' }).trim();

/** The code that an independent implementation gives at this moment (Unix ms). */
export function totp(of: Totp, atMs: number): string {
  const { secret, digits = 6, period = 30, algorithm = 'sha1' } = of;
  const now = `@${Math.floor(atMs / 1000)}`;
  return oathtool(`--totp=${algorithm}`, '-b', '-d', `${digits}`, '-s', `${period}s`, '--now', now, secret);
}

/** The codes that were right at any moment between two. */
export const totpBetween = (of: Totp, fromMs: number, toMs: number) => [totp(of, fromMs), totp(of, toMs)];

export const hotp = (secret: string, counter: number) => oathtool('--hotp', '-b', '-c', `${counter}`, secret);
