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
    ['Próton', 'proton'],
    ['Ｇｏｏｇｌｅ', 'google'],
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
