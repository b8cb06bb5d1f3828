import i18next, { type ParseKeys } from 'i18next';
import type { Language } from '../ipc';
import { isolateValues } from './isolate';
import { resolveLanguage, type UiLanguage } from './language';

/** A key of the text tables, checked by the compiler. */
export type Key = ParseKeys;

type Values = Record<string, string | number>;

const load = {
  fr: () => import('./fr.json'),
  de: () => import('./de.json'),
  it: () => import('./it.json'),
  en: () => import('./en.json'),
} satisfies Record<UiLanguage, () => Promise<unknown>>;

/** Texts that the first paint does not need. They are loaded after the list, or with the first other screen. */
const loadMore = {
  fr: () => import('./more/fr.json'),
  de: () => import('./more/de.json'),
  it: () => import('./more/it.json'),
  en: () => import('./more/en.json'),
} satisfies Record<UiLanguage, () => Promise<unknown>>;

let more = false;
const added = new Set<UiLanguage>();
let current = $state<UiLanguage>('fr');

/** The language in use. */
export const language = () => current;

/** Loads a language and switches to it; every text on the screen follows. */
export async function setLanguage(wanted: Language): Promise<void> {
  const next = resolveLanguage(wanted, navigator.languages);
  if (!i18next.isInitialized) {
    await i18next.init({ lng: next, resources: {}, interpolation: { escapeValue: false } });
  }
  if (!i18next.hasResourceBundle(next, 'translation')) {
    i18next.addResourceBundle(next, 'translation', (await load[next]()).default);
  }
  await i18next.changeLanguage(next);
  if (more) await addMore(next);
  document.documentElement.lang = next;
  current = next;
}

/** Loads the texts that the first paint did not need, from then on for each language. */
export async function loadMoreTexts(): Promise<void> {
  more = true;
  await addMore(current);
}

async function addMore(to: UiLanguage): Promise<void> {
  if (added.has(to)) return;
  i18next.addResourceBundle(to, 'translation', (await loadMore[to]()).default);
  added.add(to);
}

/**
 * The text of a key in the language in use; reading it follows a change of language.
 *
 * Names and other texts from elsewhere are isolated: their direction changes nothing in the sentence around them.
 */
export function t(key: Key, values: Values = {}): string {
  return i18next.t(key, { ...isolateValues(values), lng: current });
}

/** "1, 2 and 3", as the language in use lists. */
export const listed = (values: readonly (string | number)[]) =>
  new Intl.ListFormat(current, { type: 'conjunction' }).format(values.map(String));
