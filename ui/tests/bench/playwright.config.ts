import { defineConfig } from '@playwright/test';
import whole from '../../playwright.config';

/** What `make bench` measures in Chromium: it asserts nothing, and is run by `tests/bench` only. */
export default defineConfig({
  ...whole,
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../test-results/bench',
  reporter: 'dot',
  workers: 1,
  retries: 0,
  timeout: 600_000,
  use: { ...whole.use, trace: 'off' },
});
