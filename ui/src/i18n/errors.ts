import type { ErrorCode, WireError } from '../ipc';
import { t } from './index.svelte';

/**
 * What happened and what to do, in the language in use.
 *
 * Total by type: `error.<code>` is a key of the tables for every code, or this does not compile.
 */
export function errorText({ code, params }: WireError): string {
  if (code === 'vendorCode') {
    return t('error.vendorCode', { vendor: params.vendor || t('vendor.unnamed') });
  }
  if (code === 'unsupportedType' && params.type) return t('typed.unsupportedType', params);
  const key: `error.${ErrorCode}` = `error.${code}`;
  return t(key, params);
}
