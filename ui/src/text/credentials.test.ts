// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { LANGUAGES } from '../i18n/language';
import { setLanguage } from '../i18n/index.svelte';
import { dialogText } from './credentials';

it('says in each language what the dialog of a biometric is for, and how to leave it', async () => {
  const said = [];
  for (const language of LANGUAGES) {
    await setLanguage(language);
    said.push(dialogText('unlock.biometricAsk').split('\n'));
  }
  expect(said.map(([, leave]) => leave)).toEqual(['Annuler', 'Abbrechen', 'Annulla', 'Cancel']);
  expect(new Set(said.map(([sentence]) => sentence)).size).toBe(LANGUAGES.length);
});
