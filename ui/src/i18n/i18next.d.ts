import 'i18next';
import type fr from './fr.json';
import type more from './more/fr.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fr & typeof more };
  }
}
