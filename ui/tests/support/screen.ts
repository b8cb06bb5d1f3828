import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { PICTURES } from './places';

type NodeResult = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number]['nodes'][number];

/** The system's preferences, and the theme of the settings if there is one. */
const LOOKS: Record<string, { media: Parameters<Page['emulateMedia']>[0]; theme?: string }> = {
  light: { media: { colorScheme: 'light' } },
  dark: { media: { colorScheme: 'dark' } },
  black: { media: { colorScheme: 'dark' }, theme: 'black' },
  'light, more contrast': { media: { colorScheme: 'light', contrast: 'more' } },
};
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules that a change of theme can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Takes a picture of the screen in each theme for review, and expects that axe finds no violation of WCAG 2.2 AA and
 * that nothing overflows sideways.
 *
 * `taken` runs between the two, for example to restart the page's clock.
 */
export async function picture(page: Page, name: string, taken = async () => {}): Promise<void> {
  // The screen may still be loading.
  await expect(page.locator('main:not([hidden])').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`) });
  }
  await taken();
  expect(await page.evaluate(hangingOut), `${name} fits its width`).toEqual([]);
  const chosen = await page.evaluate(() => document.documentElement.dataset.theme);
  for (const [look, { media, theme }] of Object.entries(LOOKS)) {
    await page.emulateMedia(media);
    if (theme) await setTheme(page, theme);
    await accessible(page, `${name}, ${look}`, look === 'light' ? { tags: WCAG } : { rules: COLOURS });
    if (theme) await setTheme(page, chosen);
  }
  await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference' });
}

/** Expects that axe finds no violation of WCAG 2.2 AA on this screen. */
export async function accessible(page: Page, where: string, which: { tags: string[] } | { rules: string[] } = { tags: WCAG }) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await ('tags' in which ? axe.withTags(which.tags) : axe.withRules(which.rules)).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.filter((node) => !halfCovered(node)).map(({ html }) => `${id}: ${html}`),
  );
  expect(found, where).toEqual([]);
}

const setTheme = (page: Page, theme: string | undefined) =>
  page.evaluate((theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, theme);

/** Too small only because the header or the button covers half of it; the user can scroll. */
function halfCovered({ any, all }: NodeResult): boolean {
  return [...any, ...all].some(
    ({ id, data }) => id === 'target-size' && data?.messageKey === 'partiallyObscured',
  );
}

/** Texts that overflow the window or their box, and boxes that scroll sideways. */
function hangingOut(): string[] {
  const found: string[] = [];
  const inside = (part: DOMRect, whole: { left: number; right: number }) =>
    part.width === 0 || (part.left >= whole.left - 1 && part.right <= whole.right + 1);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const host = texts.currentNode.parentElement;
    // The chips may scroll sideways.
    if (!host || host.closest('option, [hidden], .chips')) continue;
    // Visually hidden text for screen readers.
    if (getComputedStyle(host).clipPath === 'inset(50%)') continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const box = host.closest('button, label, li, dd, dt, p, h1, h2')?.getBoundingClientRect();
    const text = range.getBoundingClientRect();
    if (!inside(text, { left: 0, right: window.innerWidth }) || (box && !inside(text, box))) {
      found.push(`${host.tagName} ${texts.currentNode.textContent}`);
    }
  }
  for (const box of document.querySelectorAll('html, body, main, dialog, form, footer, header')) {
    if (box.scrollWidth > box.clientWidth) found.push(box.outerHTML.slice(0, 80));
  }
  return found;
}
