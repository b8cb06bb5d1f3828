import type { Language } from '../ipc';

/** The languages the app speaks. */
export type UiLanguage = Exclude<Language, 'system'>;

/** In the order in which they are offered. */
export const LANGUAGES: readonly UiLanguage[] = ['fr', 'de', 'it', 'en'];

/** The first of the system's languages that is ours; French where none is. */
export function resolveLanguage(wanted: Language, system: readonly string[]): UiLanguage {
  if (wanted !== 'system') return wanted;
  for (const tag of system) {
    const found = LANGUAGES.find((ours) => tag.toLowerCase().split('-')[0] === ours);
    if (found) return found;
  }
  return 'fr';
}
