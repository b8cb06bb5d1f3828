/** Letters without a decomposition, with their usual replacement. */
const PLAIN: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/** The letters and digits of a name, without case and accents, for a search. */
export const plain = (name: string) =>
  name
    // Before the decomposition, which would turn them into letters.
    .replace(/[®™©]/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Ignored in a lookup: ordinary spaces, and signs that services use in their names. */
const SPACES_AND_SIGNS = /[ \u00a0\u202f!-/:-@[-`{-~–’®™©]/g;

/**
 * A name as it is looked up among the known issuers: without case, spaces and signs.
 *
 * Every other character stays, so a name that only looks like a known one, or hides an invisible character, is not found.
 */
export const lookupKey = (name: string) => name.normalize('NFC').toLowerCase().replace(SPACES_AND_SIGNS, '');

/** Suffixes of companies. */
const LEGAL =
  /[ \u00a0,]+(ag|sa|gmbh|s[àa]rl|s\.?[àa]\.?r\.?l\.?|s\.?p\.?a\.?|srl|inc\.?|llc|ltd\.?|limited|corp\.?|co\.?|se|plc|b\.?v\.?|a\/s|ab|oy|kg|gmbh & co\.? kg)$/;
/** Words that services add. */
const SERVICE = /[ \u00a0:–-]+(accounts?|konto|compte|id|login|2fa|mfa|otp|sso)$/;
/** A service's domain: a sign-in subdomain, its name, and a suffix. */
const ADDRESS =
  /^(?:(?:www|accounts?|auth|login|signin|sso|id|my|app)\.)*([\p{L}\p{N}-]+)\.(?:com|ch|org|net|io|de|fr|it|at|eu|co|dev|app|me|ai|tv|us|uk|co\.uk|com\.au)$/u;

/**
 * What an issuer may be known by, the most exact first: as it is, without what companies and services add, and as
 * the name in its address. Never a part of it: “My Google copy” is not Google's.
 */
export function namesOf(issuer: string): string[] {
  const whole = issuer
    .normalize('NFC')
    .toLowerCase()
    .replace(/^[ \u00a0]+|[ \u00a0]+$/g, '');
  const short = whole.replace(SERVICE, '').replace(LEGAL, '');
  const host = ADDRESS.exec(whole)?.[1];
  const names = [whole, short, ...(host ? [host] : [])].map(lookupKey);
  return [...new Set(names)].filter((name) => name !== '');
}
