import type { Language } from '../ipc';

/** The languages of the app. */
export type UiLanguage = Exclude<Language, 'system'>;

/** In the order of the settings. */
export const LANGUAGES: readonly UiLanguage[] = ['fr', 'de', 'it', 'en'];

/** The first of the system's languages that the app has; French if there is none. */
export function resolveLanguage(wanted: Language, system: readonly string[]): UiLanguage {
  if (wanted !== 'system') return wanted;
  for (const tag of system) {
    const found = LANGUAGES.find((ours) => tag.toLowerCase().split('-')[0] === ours);
    if (found) return found;
  }
  return 'fr';
}
