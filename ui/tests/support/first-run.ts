import { expect, type Locator, type Page } from '@playwright/test';

/** Passes the screens of the recovery words, and returns the words. */
export async function passWords(page: Page, say: (key: string) => string): Promise<string[]> {
  const list = page.getByRole('list', { name: say('recoveryWords.list') });
  await expect(list.getByRole('listitem')).toHaveCount(12);
  const words = await list.locator('.word').allInnerTexts();
  await page.getByRole('button', { name: say('recoveryWords.noted') }).tap();
  await expect(page.getByRole('textbox')).toHaveCount(3);
  await typeWords(page, words);
  await page.getByRole('button', { name: say('recoveryWords.check') }).tap();
  return words;
}

/** Types the requested words. */
export async function typeWords(page: Page, words: string[]): Promise<void> {
  for (const one of await page.getByRole('textbox').all()) await one.fill(await wordFor(one, words));
}

/** The word for this field. */
export async function wordFor(field: Locator, words: string[]): Promise<string> {
  const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
  return words[Number(label.match(/\d+/)?.[0]) - 1] ?? '';
}
