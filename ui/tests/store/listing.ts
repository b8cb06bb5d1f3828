import { join } from 'node:path';
import { UI } from '../support/places';
import type { Lang } from '../support/words';

/** The folder that fastlane and F-Droid read. */
const METADATA = join(UI, '../fastlane/metadata/android');

/** The stores' names of our languages. */
export const LOCALES: Record<Lang, string> = { fr: 'fr-FR', de: 'de-DE', it: 'it-IT', en: 'en-US' };

/** Where a picture of the listing goes. */
export const image = (lang: Lang, name: string) => join(METADATA, LOCALES[lang], 'images', `${name}.png`);

/** The entries of the list in each language: no real service, no real person. */
export const SERVICES: Record<Lang, readonly [string, string, ...string[]]> = {
  fr: ['Banque Exemple', 'Messagerie', 'Espace client', 'Portail employés', 'Assurance Exemple'],
  de: ['Bank Beispiel', 'E-Mail', 'Kundenportal', 'Mitarbeiterportal', 'Versicherung Beispiel'],
  it: ['Banca Esempio', 'Posta elettronica', 'Area clienti', 'Portale collaboratori', 'Assicurazione Esempio'],
  en: ['Example Bank', 'Mail', 'Customer portal', 'Staff portal', 'Example Insurance'],
};
