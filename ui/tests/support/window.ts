import type { Page } from '@playwright/test';

/** The window leaves the front, or comes back to it, as the page is told. */
export async function turn(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visible ? 'visible' : 'hidden');
}

/** The system's own "back", as Android's activity asks for it. Answers whether something was closed; else the system leaves the app. */
export const stepBack = (page: Page): Promise<boolean> => page.evaluate(() => window.oneStepBack());
