import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isolateValues } from '../../src/i18n/isolate';
import { UI } from './places';

export type Lang = 'fr' | 'de' | 'it' | 'en';
export const LANGS: readonly Lang[] = ['fr', 'de', 'it', 'en'];

type Values = Record<string, string | number>;
type Table = { [key: string]: string | Table };

const read = (path: string): Table => JSON.parse(readFileSync(join(UI, 'src/i18n', path), 'utf8'));
/** Includes the texts that are loaded after the start. */
const load = (lang: Lang): Table => ({ ...read(`${lang}.json`), ...read(`more/${lang}.json`) });
const tables: Record<Lang, Table> = { fr: load('fr'), de: load('de'), it: load('it'), en: load('en') };

/** The text of a key as it should appear on the screen, without soft hyphens. */
export function text(lang: Lang, key: string, values: Values = {}): string {
  const found = key.split('.').reduce<string | Table | undefined>(
    (at, part) => (typeof at === 'object' ? at[part] : undefined),
    tables[lang],
  );
  if (typeof found !== 'string') throw new Error(`no text ${key} in ${lang}`);
  const isolated = isolateValues(values);
  return found.replaceAll('\u00ad', '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = isolated[name];
    if (value === undefined) throw new Error(`${key} needs ${name}`);
    return String(value);
  });
}

/** In French, the language of most tests. */
export const fr = (key: string, values: Values = {}) => text('fr', key, values);
