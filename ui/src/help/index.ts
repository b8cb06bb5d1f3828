import { t, type Key } from '../i18n/index.svelte';
import type { UiLanguage } from '../i18n/language';
import type fr from './fr.json';

export type Topics = typeof fr;

/** The topics of the help, loaded when the user opens it. */
const load = {
  fr: () => import('./fr.json'),
  de: () => import('./de.json'),
  it: () => import('./it.json'),
  en: () => import('./en.json'),
} satisfies Record<UiLanguage, () => Promise<{ default: Topics }>>;

export const topics = async (language: UiLanguage): Promise<Topics> => (await load[language]()).default;

/** In the help, a text key in braces stands for the label of that button. */
export const named = (step: string) => step.replace(/\{\{([\w.]+)\}\}/g, (_, key: Key) => t(key));
