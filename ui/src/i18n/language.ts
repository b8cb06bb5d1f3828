import type { Language } from '../ipc';

/** The languages the app speaks. */
export type Spoken = Exclude<Language, 'system'>;

/** In the order in which they are offered. */
export const OURS: readonly Spoken[] = ['fr', 'de', 'it', 'en'];

/** The first of the system's languages that is ours; French where none is. */
export function spokenLanguage(wanted: Language, system: readonly string[]): Spoken {
  if (wanted !== 'system') return wanted;
  for (const tag of system) {
    const found = OURS.find((ours) => tag.toLowerCase().split('-')[0] === ours);
    if (found) return found;
  }
  return 'fr';
}
