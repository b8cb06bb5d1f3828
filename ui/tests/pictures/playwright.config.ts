import { defineConfig } from '@playwright/test';
import whole from '../../playwright.config';

/** Pictures of every screen, to be looked at: `make pictures`. They assert nothing. */
export default defineConfig({
  ...whole,
  testDir: '.',
  testMatch: '*.pictures.ts',
  outputDir: '../../test-results/pictures',
  timeout: 180_000,
  globalTeardown: './page.ts',
});
