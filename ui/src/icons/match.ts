/** Letters that do not decompose, as they are typed without them. */
const PLAIN: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/** A name without case, accents, spaces and signs, to search for it: what is left are its letters and digits. */
export const plain = (name: string) =>
  name
    // Before the decomposition, which would make letters of them.
    .replace(/[®™©]/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What is left out of a name before it is looked up: ordinary spaces, and signs that services write in their names. */
const SPACES_AND_SIGNS = /[ \u00a0\u202f!-/:-@[-`{-~–’®™©]/g;

/**
 * A name as it is looked up among the known issuers: without case, spaces and signs.
 *
 * Every other character stays, so a name that only looks like a known one, or hides an invisible character, is not found.
 */
export const lookupKey = (name: string) => name.normalize('NFC').toLowerCase().replace(SPACES_AND_SIGNS, '');

/** What a company adds to its name. */
const LEGAL =
  /[ \u00a0,]+(ag|sa|gmbh|s[àa]rl|s\.?[àa]\.?r\.?l\.?|s\.?p\.?a\.?|srl|inc\.?|llc|ltd\.?|limited|corp\.?|co\.?|se|plc|b\.?v\.?|a\/s|ab|oy|kg|gmbh & co\.? kg)$/;
/** What a service adds to it. */
const SERVICE = /[ \u00a0:–-]+(accounts?|konto|compte|id|login|2fa|mfa|otp|sso)$/;
/** The address of a service: the names it gives its sign-in, its own, and how it ends. */
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
