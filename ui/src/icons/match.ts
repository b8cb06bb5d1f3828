/** Letters that do not decompose, as they are typed without them. */
const PLAIN: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

/** A name without case, accents, spaces and signs: what is left are its letters and digits. */
export const plain = (name: string) =>
  name
    // Before the decomposition, which would make letters of them.
    .replace(/[®™©]/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What a company adds to its name. */
const LEGAL =
  /[\s,]+(ag|sa|gmbh|s[àa]rl|s\.?[àa]\.?r\.?l\.?|s\.?p\.?a\.?|srl|inc\.?|llc|ltd\.?|limited|corp\.?|co\.?|se|plc|b\.?v\.?|a\/s|ab|oy|kg|gmbh & co\.? kg)$/i;
/** What a service adds to it. */
const SERVICE = /[\s:–-]+(accounts?|konto|compte|id|login|2fa|mfa|otp|sso)$/i;
/** The address of a service: the names it gives its sign-in, its own, and how it ends. */
const ADDRESS =
  /^(?:(?:www|accounts?|auth|login|signin|sso|id|my|app)\.)*([\p{L}\p{N}-]+)\.(?:com|ch|org|net|io|de|fr|it|at|eu|co|dev|app|me|ai|tv|us|uk|co\.uk|com\.au)$/iu;

/**
 * What an issuer may be known by, the most exact first: as it is, without what companies and services add, and as
 * the name in its address. Never a part of it: “My Google copy” is not Google's.
 */
export function namesOf(issuer: string): string[] {
  const whole = issuer.trim();
  const short = whole.replace(SERVICE, '').replace(LEGAL, '');
  const host = ADDRESS.exec(whole)?.[1];
  const names = [whole, short, ...(host ? [host] : [])].map(plain);
  return [...new Set(names)].filter((name) => name !== '');
}
