import { t, type Key } from '../i18n/index.svelte';
import { duration } from '../i18n/units';
import type { Algorithm, Kind } from '../ipc';

type Described = {
  kind: Kind;
  algorithm: Algorithm | null;
  digits: number;
  period: number | null;
  counter: string | null;
  secretBits: number;
};

export const kindKeys: Record<Kind, Key> = {
  totp: 'kind.totp',
  hotp: 'kind.hotp',
  steam: 'kind.steam',
  issued: 'kind.issued',
  message: 'kind.message',
  other: 'kind.other',
  damaged: 'kind.damaged',
};

/** The properties of an entry or a draft, in words; those that do not apply are left out. */
export function facts(of: Described): { label: string; value: string }[] {
  const found = [{ label: t('fact.kind'), value: t(kindKeys[of.kind]) }];
  if (of.algorithm !== null) found.push({ label: t('fact.algorithm'), value: of.algorithm });
  if (of.digits > 0) found.push({ label: t('fact.digits'), value: String(of.digits) });
  if (of.period !== null) found.push({ label: t('fact.period'), value: duration(of.period) });
  if (of.counter !== null) found.push({ label: t('fact.counter'), value: of.counter });
  if (of.secretBits > 0) {
    found.push({ label: t('fact.secret'), value: t('fact.bits', { bits: of.secretBits }) });
  }
  return found;
}
