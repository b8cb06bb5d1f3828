import { t, type Key } from '../i18n/index.svelte';
import type { UiLanguage } from '../i18n/language';
import type fr from './fr.json';

export type Topics = typeof fr;

/** Of what the help speaks, in each language: loaded when somebody asks. */
const load = {
  fr: () => import('./fr.json'),
  de: () => import('./de.json'),
  it: () => import('./it.json'),
  en: () => import('./en.json'),
} satisfies Record<UiLanguage, () => Promise<{ default: Topics }>>;

export const topics = async (language: UiLanguage): Promise<Topics> => (await load[language]()).default;

/** What the help calls a button is what stands on it: the key of its text stands in braces. */
export const named = (step: string) => step.replace(/\{\{([\w.]+)\}\}/g, (_, key: Key) => t(key));
