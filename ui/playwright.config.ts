import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './tests/support/chromium';

/** The page in an ordinary browser, over the real core. Needs `ui/dist` and the example `bridge` built. */
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/screens/roles/{arg}{ext}',
  reporter: 'list',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // What a busy machine made fail is tried once more, and named as flaky; its second try is kept as a trace.
  retries: 1,
  timeout: 45_000,
  expect: { timeout: 8000 },
  use: {
    trace: 'on-first-retry',
    browserName: 'chromium',
    launchOptions: CHROMIUM,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'fr-CH',
    timezoneId: 'Europe/Zurich',
    colorScheme: 'light',
    // A picture is never taken amid a movement.
    contextOptions: { reducedMotion: 'reduce' },
  },
});
