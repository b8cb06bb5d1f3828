import { describe, expect, it } from 'vitest';
import { issuerIcons, SLUGS } from '../../build/icons';
import { iconOf, index } from './index';

const known = index(issuerIcons());
const slugOf = (issuer: string, chosen: string | null = null) => iconOf({ issuer, icon: chosen }, known)?.slug ?? null;

describe('the icon of an issuer', () => {
  it.each([
    ['GitHub', 'github'],
    ['  github ', 'github'],
    ['GITHUB, Inc.', 'github'],
    ['github.com', 'github'],
    ['www.github.com', 'github'],
    ['accounts.google.com', 'google'],
    ['Google Account', 'google'],
    ['Infomaniak Network SA', null],
    ['Infomaniak SA', 'infomaniak'],
    ['Sunrise GmbH', 'sunrise'],
    ['Proton AG', 'proton'],
    ['Proton', 'proton'],
    ['  GitHub\u00a0', 'github'],
    ['raspberry\u00a0pi', 'raspberrypi'],
    ['Battle.net®', 'battledotnet'],
    ['booking.com', 'bookingdotcom'],
    ['Epic Games', 'epicgames'],
    ['Deutsche Bank AG', 'deutschebank'],
    ['raspberrypi', 'raspberrypi'],
    ['amazon.co.uk', null],
    ['PayPal', 'paypal'],
    ['Twitter', 'x'],
    ['Tutanota', 'tuta'],
    ['reddit', 'reddit'],
    ['steam', 'steam'],
    ['WWE', 'wwe'],
    ['Issuu', 'issuu'],
  ])('%s is %s', (issuer, slug) => {
    expect(slugOf(issuer)).toBe(slug);
  });

  it.each(['', ' ', 'CC Commerce Suisse', 'My Google copy', 'Googl', 'github.com.example.org', 'someone.github.io', 'Battle', '…'])(
    'is none for “%s”',
    (issuer) => expect(slugOf(issuer)).toBeNull(),
  );

  it.each([
    ['a Cyrillic o', 'G\u043eogle'],
    ['a Greek o', 'Go\u03bfgle'],
    ['an accent', 'Go\u00f3gle'],
    ['a combining accent', 'Goo\u0301gle'],
    ['a dotless i', 'B\u0131tbucket'],
    ['a capital I with a dot', 'B\u0130nance'],
    ['a long s', '\u017fpotify'],
    ['full-width letters', '\uff27\uff4f\uff4f\uff47\uff4c\uff45'],
    ['mathematical letters', '\u{1d40e}kta'],
    ['a Roman numeral', '\u2169'],
    ['a ligature', 'Net\ufb02ix'],
    ['a superscript', 'Google\u00b2'],
    ['a braille blank', 'Google\u2800'],
    ['a Hangul filler', 'Google\u3164'],
    ['a half-width Hangul filler', '\uffa0Google'],
    ['a leading Hangul filler', 'Goo\u115fgle'],
    ['a Khmer vowel that is not drawn', 'Google\u17b4'],
    ['a soft hyphen', 'Goo\u00adgle'],
    ['a zero width space', 'Goo\u200bgle'],
    ['a zero width joiner', 'Google\u200d'],
    ['a word joiner', 'Google\u2060'],
    ['a byte order mark', '\ufeffGoogle'],
    ['a byte order mark before a suffix', 'Google\ufeffInc'],
    ['a byte order mark before an address', '\ufeffgoogle.com'],
    ['a mark for the direction', 'Google\u200f'],
    ['an Arabic letter mark', 'Google\u061c'],
    ['an override of the direction', '\u202eelgooG'],
    ['an annotation anchor', 'Google\ufff9'],
    ['a variation selector', 'Google\ufe0f'],
    ['a supplementary variation selector', 'Google\u{e0100}'],
    ['a tag character', 'Google\u{e0061}'],
    ['an em space', 'Google\u2003'],
    ['an ideographic space', 'Google\u3000'],
    ['a line break', 'Google\n'],
    ['a long s in the address', '\u017fso.google.com'],
    ['a look-alike dot in the address', 'google\u2024com'],
    ['an emoji', 'Google \u2705'],
  ])('is none for a name with %s', (_, issuer) => expect(slugOf(issuer)).toBeNull());

  it('is the one that was chosen, or none where that was chosen or is not here', () => {
    expect(slugOf('CC Commerce Suisse', 'github')).toBe('github');
    expect(slugOf('GitHub', 'none')).toBeNull();
    expect(slugOf('GitHub', 'of-another-version')).toBeNull();
  });
});

describe('the reviewed list', () => {
  it('names each issuer once, in order, and keeps to its size', () => {
    expect(SLUGS).toEqual([...new Set(SLUGS)].sort());
    expect(SLUGS.length).toBeGreaterThan(150);
    expect(SLUGS.length).toBeLessThanOrEqual(250);
  });

  it('takes no icon that has a licence of its own', () => {
    expect(() => issuerIcons(['letsencrypt'])).toThrow('CC-BY-NC-4.0');
    expect(() => issuerIcons(['nobody'])).toThrow('no nobody');
  });

  it('gives no two of them the same name', () => {
    const names = issuerIcons().flatMap(([slug]) => slug);
    expect(new Set(names).size).toBe(SLUGS.length);
    for (const [slug, title] of issuerIcons()) expect(slugOf(title), title).toBe(slug);
  });
});
