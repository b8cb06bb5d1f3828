// @vitest-environment jsdom
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { describe, expect, it, vi } from 'vitest';
import deHelp from '../help/de.json';
import enHelp from '../help/en.json';
import frHelp from '../help/fr.json';
import itHelp from '../help/it.json';
import type { ErrorCode } from '../ipc';
import de from './de.json';
import en from './en.json';
import { errorText } from './errors';
import fr from './fr.json';
import { setLanguage, loadMoreTexts, t } from './index.svelte';
import italian from './it.json';
import moreDe from './more/de.json';
import moreEn from './more/en.json';
import moreFr from './more/fr.json';
import moreIt from './more/it.json';
import { isolateValues, OWN_TEXTS } from './isolate';
import { LANGUAGES, resolveLanguage, type UiLanguage } from './language';
import { clockTime, duration } from './units';

// A code without a text, in any language, does not compile.
const files = { fr, de, it: italian, en } satisfies Record<UiLanguage, { error: Record<ErrorCode, string> }>;

/** The texts that are loaded after the start. */
const mores = { fr: moreFr, de: moreDe, it: moreIt, en: moreEn } satisfies Record<UiLanguage, typeof moreFr>;

const helps = { fr: frHelp, de: deHelp, it: itHelp, en: enHelp } satisfies Record<UiLanguage, typeof frHelp>;

type Table = { [key: string]: string | Table };

function flatten(table: Table, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(name) && !/\.test\.ts$/.test(name) ? [path] : [];
  });
}

const tables: Record<UiLanguage, Map<string, string>> = {
  fr: flatten({ ...files.fr, ...mores.fr }),
  de: flatten({ ...files.de, ...mores.de }),
  it: flatten({ ...files.it, ...mores.it }),
  en: flatten({ ...files.en, ...mores.en }),
};
const keys = [...tables.fr.keys()];

/** What is not set as this language sets it; German and Italian as in Switzerland. */
const SLIPS: Record<UiLanguage, RegExp> = {
  // A narrow space that does not break sets signs apart.
  fr: /[^\u202f][?!;»]| :(?!\/)|«[^\u202f]|'/,
  // A word too long for a title in large letters says where it may be parted (U+00AD).
  de: /ß|\p{L}{19}|["'‘‚“”„‹›]|«\s|\s[»?!;:]/u,
  it: /["'‘‚“”„‹›]|«\s|\s[»?!;:]/,
  en: /["'«»]|\s[?!;:]/,
};

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('the tables of texts', () => {
  it('share no group: neither takes the place of the other', () => {
    expect(Object.keys(mores.fr).filter((group) => group in files.fr)).toEqual([]);
  });

  it.each(LANGUAGES)('have the same keys in the same order: %s', (language) => {
    expect([...tables[language].keys()]).toEqual(keys);
  });

  it.each(LANGUAGES)('have no empty text: %s', (language) => {
    expect([...tables[language]].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(LANGUAGES)('have the same placeholders: %s', (language) => {
    const names = (of: UiLanguage, key: string) => placeholders(tables[of].get(key) ?? '').join();
    expect(keys.filter((key) => names(language, key) !== names('fr', key))).toEqual([]);
  });

  it.each(LANGUAGES)('are set as the language sets them: %s', (language) => {
    expect([...tables[language]].filter(([, text]) => SLIPS[language].test(text))).toEqual([]);
  });

  it('have no key that nothing uses', () => {
    const all = sources(join(process.cwd(), 'src')).map((path) => readFileSync(path, 'utf8')).join('\n');
    // The count chooses the form.
    const plain = (key: string) => key.replace(/_(one|other)$/, '');
    const used = (key: string) => key.startsWith('error.') || all.includes(`'${plain(key)}'`);
    expect(keys.filter((key) => !used(key))).toEqual([]);
  });
});

describe('the help', () => {
  const table = (language: UiLanguage) =>
    new Map(
      Object.entries(helps[language]).flatMap(([topic, { title, steps }]) =>
        [title, ...steps].map((text, at) => [`${topic}.${at}`, text] as const),
      ),
    );

  it.each(LANGUAGES)('says the same, and names the same buttons: %s', (language) => {
    const names = (of: UiLanguage) => [...table(of)].map(([key, text]) => [key, text.match(/\{\{[\w.]+\}\}/g) ?? []]);
    expect(names(language)).toEqual(names('fr'));
    const named = [...table(language).values()].flatMap((text) => text.match(/(?<=\{\{)[\w.]+(?=\}\})/g) ?? []);
    expect(named.filter((key) => !tables[language].has(key))).toEqual([]);
  });

  it.each(LANGUAGES)('is set as the language sets it: %s', (language) => {
    expect([...table(language)].filter(([, text]) => text.trim() === '' || SLIPS[language].test(text))).toEqual([]);
  });
});

describe('errors', () => {
  it('are said in the language in use', async () => {
    await setLanguage('en');
    expect(errorText({ code: 'secretCharacter', params: { character: '1', position: '7' } })).toContain(
      '“1” at position 7',
    );
    await setLanguage('fr');
    expect(errorText({ code: 'secretCharacter', params: { character: '1', position: '7' } })).toContain(
      '«\u202f1\u202f», en position 7',
    );
  });

  it('name the vendor and what to choose instead', async () => {
    await setLanguage('en');
    const text = errorText({ code: 'vendorCode', params: { vendor: 'Okta Verify' } });
    expect(text).toContain('Okta Verify');
    expect(text).toContain('another authenticator app');
    expect(errorText({ code: 'vendorCode', params: {} })).toContain('the vendor’s own app');
  });

  it('name an unsupported type where it is known', async () => {
    await setLanguage('en');
    expect(errorText({ code: 'unsupportedType', params: { type: 'motp' } })).toContain('motp');
    expect(errorText({ code: 'unsupportedType', params: {} })).not.toContain('{{');
  });

  it.each(LANGUAGES)('leave no placeholder when their values are given: %s', async (language) => {
    await setLanguage(language);
    for (const code of Object.keys(fr.error) as ErrorCode[]) {
      const names = placeholders(tables[language].get(`error.${code}`) ?? '');
      const text = errorText({ code, params: Object.fromEntries(names.map((name) => [name, '1'])) });
      expect(text).not.toMatch(/\{\{|undefined|error\./);
    }
  });
});

describe('values in a sentence', () => {
  it('are isolated where they are texts of others', async () => {
    await setLanguage('en');
    expect(t('row.options', { name: 'בנק!' })).toBe('Options of \u2068בנק!\u2069');
    expect(errorText({ code: 'vendorCode', params: { vendor: 'Okta Verify' } })).toContain('only with \u2068Okta Verify\u2069.');
    expect(errorText({ code: 'secretCharacter', params: { character: 'א', position: '7' } })).toContain(
      '“\u2068א\u2069” at position 7',
    );
  });

  it('are left as they are where they are numbers, or texts that the app itself makes', async () => {
    await setLanguage('en');
    await loadMoreTexts();
    expect(t('order.at', { place: 2, count: 6 })).toBe('Place 2 of 6');
    expect(t('row.leftLabel', { time: duration(30) })).toBe('30 seconds left');
    expect(t('row.spoken', { digits: '8 5 5' })).toBe('Code 8 5 5');
    expect(errorText({ code: 'rateLimited', params: { seconds: '30' } })).toContain('in 30 s');
  });

  it('are isolated under whatever name a new text gives them', () => {
    expect(isolateValues({ somethingNew: 'demo' })).toEqual({ somethingNew: '\u2068demo\u2069' });
  });

  it('keep a sentence that holds another one isolated as a whole', async () => {
    await setLanguage('en');
    const error = { code: 'vendorCode', params: { vendor: 'בנק', name: 'demo' } } as const;
    expect(errorText(error)).toMatch(/^\u2068demo\u2069: This code works only with \u2068בנק\u2069\./);
  });

  it.each([
    ['an override that is not closed', 'a\u202eb', 'ab'],
    ['an isolate that is not closed', 'a\u2067b', 'ab'],
    ['a mark that would close ours', 'a\u2069b', 'ab'],
    ['one that would close ours and open another', '\u2069\u202eb', 'b'],
    ['marks in pairs', 'a\u2067b\u2069\u202bc\u202c', 'a\u2067b\u2069\u202bc\u202c'],
    ['marks that cross', '\u2067\u202b\u2069\u202c', ''],
  ])('end where they end, also with %s', (_, name, kept) => {
    expect(isolateValues({ name })).toEqual({ name: `\u2068${kept}\u2069` });
  });

  it.each(['$t(common.save)', '{{count}}', '{{{name}}}', '&lt;b>', '%s'])('are never read as a text of ours: %s', async (name) => {
    await setLanguage('en');
    expect(t('toast.trashed', { name })).toBe(`\u2068${name}\u2069 is in the trash.`);
  });

  it.each(LANGUAGES)('have names that the tables use: %s', (language) => {
    const used = new Set([...tables[language].values()].flatMap(placeholders));
    expect([...OWN_TEXTS].filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('languages', () => {
  it.each([
    ['system', ['fr-CH'], 'fr'],
    ['system', ['de-CH', 'en-GB'], 'de'],
    ['system', ['IT'], 'it'],
    ['system', ['rm-CH', 'en-GB', 'it'], 'en'],
    ['system', ['rm-CH', 'es'], 'fr'],
    ['system', [], 'fr'],
    ['de', ['fr-CH'], 'de'],
  ] as const)('%s with %j is %s', (wanted, system, expected) => {
    expect(resolveLanguage(wanted, system)).toBe(expected);
  });

  it('changes every text at once, and the page says which it is', async () => {
    for (const language of LANGUAGES) {
      await setLanguage(language);
      expect(t('common.save')).toBe(files[language].common.save);
      expect(document.documentElement.lang).toBe(language);
    }
  });

  it('come with the texts of later, once these were asked for', async () => {
    await setLanguage('fr');
    await loadMoreTexts();
    expect(t('kdfCost.title')).toBe(mores.fr.kdfCost.title);
    await setLanguage('de');
    expect(t('kdfCost.title')).toBe(mores.de.kdfCost.title);
    expect(t('common.save')).toBe(files.de.common.save);
    // Each screen asks for them, and they are put in place once.
    const adding = vi.spyOn(i18next, 'addResourceBundle');
    await loadMoreTexts();
    await setLanguage('fr');
    expect(adding).not.toHaveBeenCalled();
    adding.mockRestore();
  });

  it.each([
    ['fr', 'secondes', 'minutes'],
    ['de', 'Sekunden', 'Minuten'],
    ['it', 'secondi', 'minuti'],
    ['en', 'seconds', 'minutes'],
  ] as const)('write lengths of time in words: %s', async (language, seconds, minutes) => {
    await setLanguage(language);
    expect(duration(30)).toMatch(new RegExp(`^30.${seconds}$`));
    expect(duration(300)).toMatch(new RegExp(`^5.${minutes}$`));
    expect(duration(90)).toMatch(new RegExp(`^90.${seconds}$`));
  });

  it('count a wait down in minutes and seconds', () => {
    expect(clockTime(245_000)).toBe('4:05');
    expect(clockTime(-1)).toBe('0:00');
  });
});
