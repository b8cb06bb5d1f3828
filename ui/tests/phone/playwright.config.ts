import { defineConfig } from '@playwright/test';

// On the Android device or emulator that adb knows: scripts/smoke-android.
export default defineConfig({
  testMatch: '*.smoke.ts',
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
});
