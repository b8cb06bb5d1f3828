// @vitest-environment jsdom
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../ipc';
import en from './en.json';
import fr from './fr.json';
import { errorText } from './errors';
import { speak, t } from './index.svelte';
import { spokenLanguage } from './language';
import { clockTime, duration } from './units';

// A code without a text, in either language, does not compile.
fr.error satisfies Record<ErrorCode, string>;
en.error satisfies Record<ErrorCode, string>;

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

const tables = { fr: flatten(fr), en: flatten(en) };
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('the tables of texts', () => {
  it('have the same keys in the same order', () => {
    expect([...tables.en.keys()]).toEqual([...tables.fr.keys()]);
  });

  it('have no empty text', () => {
    const texts = [...tables.fr, ...tables.en];
    expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have the same placeholders', () => {
    const differ = (key: string) =>
      placeholders(tables.fr.get(key) ?? '').join() !== placeholders(tables.en.get(key) ?? '').join();
    expect([...tables.fr.keys()].filter(differ)).toEqual([]);
  });

  it('have no key that nothing uses', () => {
    const all = sources(join(process.cwd(), 'src')).map((path) => readFileSync(path, 'utf8')).join('\n');
    const used = (key: string) => key.startsWith('error.') || all.includes(`'${key}'`);
    expect([...tables.fr.keys()].filter((key) => !used(key))).toEqual([]);
  });

  it('set French signs apart with a narrow space that does not break', () => {
    const loose = [...tables.fr].filter(([, text]) => /[^\u202f][?!;»]| :(?!\/)|«[^\u202f]|'/.test(text));
    expect(loose).toEqual([]);
  });
});

describe('errors', () => {
  it('are said in the language in use', async () => {
    await speak('en');
    expect(errorText({ code: 'secretCharacter', params: { character: '1', position: '7' } })).toContain(
      '“1” at position 7',
    );
    await speak('fr');
    expect(errorText({ code: 'secretCharacter', params: { character: '1', position: '7' } })).toContain(
      '«\u202f1\u202f», en position 7',
    );
  });

  it('name the vendor and what to choose instead', async () => {
    await speak('en');
    const text = errorText({ code: 'vendorCode', params: { vendor: 'Okta Verify' } });
    expect(text).toContain('Okta Verify');
    expect(text).toContain('another authenticator app');
    expect(errorText({ code: 'vendorCode', params: {} })).toContain('the vendor’s own app');
  });

  it('name an unsupported type where it is known', async () => {
    await speak('en');
    expect(errorText({ code: 'unsupportedType', params: { type: 'motp' } })).toContain('motp');
    expect(errorText({ code: 'unsupportedType', params: {} })).not.toContain('{{');
  });

  it.each(['fr', 'en'] as const)('leave no placeholder when their values are given: %s', async (language) => {
    await speak(language);
    for (const code of Object.keys(fr.error) as ErrorCode[]) {
      const names = placeholders(tables[language].get(`error.${code}`) ?? '');
      const text = errorText({ code, params: Object.fromEntries(names.map((name) => [name, '1'])) });
      expect(text).not.toMatch(/\{\{|undefined|error\./);
    }
  });
});

describe('languages', () => {
  it.each([
    ['system', ['de-CH', 'en-GB'], 'en'],
    ['system', ['fr-CH'], 'fr'],
    ['system', ['de-CH', 'it'], 'fr'],
    ['system', [], 'fr'],
    ['en', ['fr-CH'], 'en'],
  ] as const)('%s with %j is %s', (wanted, system, expected) => {
    expect(spokenLanguage(wanted, system)).toBe(expected);
  });

  it('changes every text at once, and the page says which it is', async () => {
    await speak('fr');
    expect(t('common.save')).toBe('Enregistrer');
    await speak('en');
    expect(t('common.save')).toBe('Save');
    expect(document.documentElement.lang).toBe('en');
  });

  it('writes lengths of time in words', async () => {
    await speak('fr');
    expect(duration(30)).toMatch(/^30.secondes$/);
    expect(duration(300)).toMatch(/^5.minutes$/);
    expect(duration(90)).toMatch(/^90.secondes$/);
    expect(clockTime(245_000)).toBe('4:05');
    expect(clockTime(-1)).toBe('0:00');
  });
});
