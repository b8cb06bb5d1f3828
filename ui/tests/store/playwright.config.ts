import { defineConfig } from '@playwright/test';
import whole from '../../playwright.config';

/** The pictures that the stores show: `make store-pictures`. They assert no look. */
export default defineConfig({
  ...whole,
  testDir: '.',
  testMatch: '*.pictures.ts',
  outputDir: '../../test-results/store',
  use: { ...whole.use, viewport: { width: 432, height: 768 }, deviceScaleFactor: 2.5 },
});
