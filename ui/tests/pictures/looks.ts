import type { Page } from '@playwright/test';
import type { Theme } from '../../src/ipc/wire';
import type { Lang } from '../support/words';

/** The widths of small and usual phones, of a tablet, and of a desktop window. */
export const SIZES = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
];

export type Look = { name: string; lang: Lang; theme: Theme; text?: string };

export const LOOKS: readonly Look[] = [
  { name: 'light', lang: 'fr', theme: 'light' },
  { name: 'dark', lang: 'fr', theme: 'dark' },
  { name: 'black', lang: 'fr', theme: 'black' },
  { name: 'german-200', lang: 'de', theme: 'light', text: '200%' },
];

/** The text sizes of the system. */
export const enlarge = (page: Page, size: string) =>
  page.addInitScript((fontSize) => {
    document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = fontSize));
  }, size);
