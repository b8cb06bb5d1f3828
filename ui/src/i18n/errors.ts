import type { Credential, ErrorCode, WireError } from '../ipc';
import { shortened } from '../text/names';
import { listed, t, type Key } from './index.svelte';

/** Texts for a rejected credential other than a passphrase, which the general text names. */
const REJECTED: Partial<Record<Credential, Key>> = {
  pin: 'rejected.pin',
  recovery: 'rejected.recovery',
  device: 'rejected.kept',
  biometric: 'rejected.kept',
};

/**
 * What happened and what to do, in the language in use.
 *
 * Total by type: `error.<code>` is a key of the tables for every code, or this does not compile.
 */
export function errorText({ code, params: { name, ...params } }: WireError): string {
  // An account within a transfer.
  if (name) return t('refused.named', { name: shortened(name), text: errorText({ code, params }) });
  if (code === 'vendorCode') {
    return t('error.vendorCode', { vendor: params.vendor || t('vendor.unnamed') });
  }
  if (code === 'credentialRejected' && params.credential) {
    const rejected = REJECTED[params.credential as Credential];
    if (rejected) return t(rejected);
  }
  if (code === 'unsupportedType' && params.type) return t('typed.unsupportedType', params);
  if (code === 'partsMissing') {
    const places = (commas = '') => listed(commas.split(','));
    params = { ...params, read: places(params.read), missing: places(params.missing) };
  }
  const key: `error.${ErrorCode}` = `error.${code}`;
  return t(key, params);
}
