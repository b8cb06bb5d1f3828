import { expect, type Page } from '@playwright/test';

/** Every text of this screen has its place: none is cut off, none is broken amid a word, and nothing scrolls sideways. */
export async function fits(page: Page, where: string): Promise<void> {
  // The screen may still be on its way.
  await expect(page.locator('main:not([hidden])').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  expect(await page.evaluate(tooWide), where).toEqual([]);
}

function tooWide(): string[] {
  const found: string[] = [];

  for (const box of document.querySelectorAll('html, main, dialog')) {
    if (box.scrollWidth > box.clientWidth) found.push(`scrolls sideways: ${box.tagName}`);
  }

  for (const place of document.querySelectorAll<HTMLElement>('h1, h2, button, label, summary, p, dt, li')) {
    if (isOurs(place) && place.scrollWidth > place.clientWidth + 1) found.push(`cut off: ${place.innerText}`);
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const place = texts.currentNode.parentElement;
    if (place && isOurs(place)) found.push(...brokenWords(texts.currentNode as Text));
  }

  for (const select of document.querySelectorAll('select')) {
    const style = getComputedStyle(select);
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    // Any of them may be the one that stands there.
    for (const option of select.options) {
      if (widthOf(option.text, style.font) > room + 1) found.push(`cut off: ${option.text}`);
    }
  }

  return found;

  /** The names of an entry are the person's own; the next code is touched beside it too. */
  function isOurs(place: Element): boolean {
    return place.checkVisibility() && !place.closest('.sr, .names, .next, option');
  }

  /** Words that go on in the next line, other than after a hyphen. */
  function brokenWords(text: Text): string[] {
    const words = [...text.data.matchAll(/[^\s\u00ad-]+/g)];
    return words
      .filter(({ 0: word, index }) => lineOf(text, index) !== lineOf(text, index + word.length - 1))
      .map(({ 0: word }) => `broken: ${word}`);
  }

  /** Where the line of a character is; a hyphen that is drawn before it, in the line above, counts as its part. */
  function lineOf(text: Text, at: number): number | undefined {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return Array.from(range.getClientRects()).at(-1)?.top;
  }

  function widthOf(text: string, font: string): number {
    const context = document.createElement('canvas').getContext('2d');
    if (!context) return Infinity;
    context.font = font;
    return context.measureText(text).width;
  }
}
