import { expect, type Page } from '@playwright/test';

/** From the recovery words onwards, having noted them and typed back those that are asked for. Answers them. */
export async function passWords(page: Page, say: (key: string) => string): Promise<string[]> {
  const list = page.getByRole('list', { name: say('words.list') });
  await expect(list.getByRole('listitem')).toHaveCount(12);
  const words = await list.locator('.word').allInnerTexts();
  await page.getByRole('button', { name: say('words.noted') }).tap();
  await expect(page.getByRole('textbox')).toHaveCount(3);
  await typeWords(page, words);
  await page.getByRole('button', { name: say('words.check') }).tap();
  return words;
}

/** Types the words that are asked for. */
export async function typeWords(page: Page, words: string[]): Promise<void> {
  for (const one of await page.getByRole('textbox').all()) {
    const label = await one.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
    await one.fill(words[Number(label.match(/\d+/)?.[0]) - 1] ?? '');
  }
}
