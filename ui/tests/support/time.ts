import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';

const PERIOD_MS = 30_000;
const LEFT_MS = 3500;

/** Waits until the current 30 s period lasts for at least this time. */
export async function lasting(ms: number): Promise<void> {
  const untilEnd = PERIOD_MS - (Date.now() % PERIOD_MS);
  if (untilEnd < ms) await wait(untilEnd + 500);
}

/**
 * Stops the page's clock when the visible 30 s code has between 3 and 4 seconds left.
 *
 * Returns when the next period begins (Unix ms). Call `page.clock.install()` before the app starts; the
 * core's own clock goes on, so too late in a window the next one is waited for.
 */
export async function skipToLastSeconds(page: Page): Promise<number> {
  const untilEnd = PERIOD_MS - (Date.now() % PERIOD_MS);
  if (untilEnd < LEFT_MS + 2500) await wait(untilEnd + 1000);
  const now = await page.evaluate(() => Date.now());
  const end = (Math.floor(now / PERIOD_MS) + 1) * PERIOD_MS;
  await page.clock.pauseAt(end - LEFT_MS);
  await page.clock.runFor(250);
  return end;
}
