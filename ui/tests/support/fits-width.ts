import { expect, type Page } from '@playwright/test';
import { accessible } from './screen';

/**
 * Expects that no text of this screen is cut off or broken within a word, that nothing scrolls sideways, that touch
 * targets are large enough, and that axe finds no violation of WCAG.
 */
export async function fitsWidth(page: Page, where: string): Promise<void> {
  // The screen may still be loading.
  await expect(page.locator('main:not([hidden])').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  expect(await page.evaluate(tooWide), where).toEqual([]);
  expect(await page.evaluate(tooSmall), where).toEqual([]);
  await accessible(page, where);
}

/** Touch targets smaller than 44 px, measured with their label. */
function tooSmall(): string[] {
  const LEAST_PX = 44;
  const found: string[] = [];
  const touched = 'button, a, input, select, textarea, summary, [role=button], [role=radio], [role=switch]';
  for (const one of document.querySelectorAll<HTMLElement>(touched)) {
    if (!one.checkVisibility() || one.closest('[inert], .sr')) continue;
    const label = one instanceof HTMLInputElement ? (one.labels?.[0] ?? one) : one;
    const boxes = [one, label].map((element) => element.getBoundingClientRect());
    const enough = boxes.some(({ width, height }) => width >= LEAST_PX - 0.5 && height >= LEAST_PX - 0.5);
    if (!enough && !reaches(one)) found.push(`too small to touch: ${one.outerHTML.slice(0, 100)}`);
  }
  return found;

  /** The touch area may be larger than what is visible. */
  function reaches(one: HTMLElement): boolean {
    one.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = one.getBoundingClientRect();
    const [middle, centre] = [x + width / 2, y + height / 2];
    const from = LEAST_PX / 2 - 1;
    const places = [
      [Math.min(middle - from, x + 1), centre],
      [Math.max(middle + from, x + width - 1), centre],
      [middle, centre - from],
      [middle, centre + from],
    ] as const;
    return places.every(([x, y]) => one.contains(document.elementFromPoint(x, y)));
  }
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
    // Any of the options may be the selected one.
    for (const option of select.options) {
      if (widthOf(option.text, style.font) > room + 1) found.push(`cut off: ${option.text}`);
    }
  }

  return found;

  /** Names of entries are user text; the next code has a larger touch area. */
  function isOurs(place: Element): boolean {
    return place.checkVisibility() && !place.closest('.sr, .names, .next, option');
  }

  /** Words that are broken without a hyphen. */
  function brokenWords(text: Text): string[] {
    const words = [...text.data.matchAll(/[^\s\u00ad-]+/g)];
    return words
      .filter(({ 0: word, index }) => lineOf(text, index) !== lineOf(text, index + word.length - 1))
      .map(({ 0: word }) => `broken: ${word}`);
  }

  /** Where the line of a character is; a visible hyphen before it, in the line above, counts as a part of it. */
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
