import type { Page } from '@playwright/test';

/** Tells the page that the window was hidden or shown. */
export async function setWindowVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visible ? 'visible' : 'hidden');
}

/** The system's "back", as Android's activity calls it. Returns whether something was closed; if not, the system leaves the app. */
export const stepBack = (page: Page): Promise<boolean> => page.evaluate(() => window.oneStepBack());
