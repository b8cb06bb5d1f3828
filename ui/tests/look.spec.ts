import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './support/app';
import { enlarge } from './pictures/looks';
import { PICTURES } from './support/places';
import { picture } from './support/screen';

test('black theme and largest text: nothing overflows, and both are kept over a restart', async ({
  page,
  start,
  say,
  button,
}) => {
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await page.getByLabel(say('settings.theme')).selectOption('black');
  await page.getByLabel(say('settings.textSize')).selectOption('larger');
  const root = page.locator('html');
  await expect(root).toHaveCSS('font-size', '24px');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(0, 0, 0)');
  await picture(page, '99-settings-black-larger');
  await button('common.back').tap();
  await picture(page, '99-list-black-larger');
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'black');
  await expect(root).toHaveCSS('font-size', '24px');
});

test('four orders of the list, chosen in the settings and kept', async ({ page, start, core, say, button, key, row }) => {
  await start();
  const names = async () => (await page.getByTestId('row').allTextContents()).map((text) => text.trim());
  const choose = async (sort: string) => {
    await button('list.menu').tap();
    await button('menu.settings').tap();
    await page.getByLabel(say('settings.sort')).selectOption(sort);
    await button('common.back').tap();
    await expect(page.getByTestId('row').first()).toBeVisible();
  };
  await expect(page.getByTestId('row')).toHaveCount(6);
  const added = await names();
  await choose('name');
  await expect.poll(names).not.toEqual(added);
  const sorted = await names();
  expect([...sorted].sort()).toEqual([...added].sort());
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toBeVisible();
  await key('demo').tap();
  await choose('mostUsed');
  await expect(page.getByTestId('row').first()).toContainText('demo');
  await choose('recent');
  await expect(page.getByTestId('row').first()).toContainText('demo');
  expect(await core.call('appearance')).toMatchObject({ sort: 'recent' });
  await choose('manual');
  await expect.poll(names).toEqual(added);
});

test.describe('the narrowest phone', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('with texts twice as large, every button of the head is in view, and titles stay whole', async ({ page, start, button }) => {
    await enlarge(page, '200%');
    await start();
    for (const key of ['list.menu', 'list.lock', 'list.scan']) {
      await expect(button(key)).toBeInViewport({ ratio: 1 });
    }
    await button('list.menu').tap();
    await button('menu.settings').tap();
    await expect(page.getByRole('heading', { level: 1 })).toBeInViewport({ ratio: 1 });
  });
});

test('more contrast, where the system asks for it: texts and lines as dark as can be, and the ring still tells', async ({ page, start, key, row }) => {
  await start();
  await key('demo').tap();
  const second = row('demo').locator('.second');
  const rings = row('demo').locator('svg circle');
  await expect(rings).toHaveCount(2);
  const colour = (what: Locator, of: string) =>
    what.evaluate((element, of) => getComputedStyle(element).getPropertyValue(of), of);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, contrast: 'no-preference' });
    const ink = await colour(page.locator('body'), 'color');
    expect(await colour(second, 'color')).not.toBe(ink);
    await page.emulateMedia({ colorScheme, contrast: 'more' });
    expect(await colour(second, 'color')).toBe(ink);
    expect(await colour(row('demo'), 'background-color'), 'its line').toBe(ink);
    expect(await colour(rings.first(), 'stroke')).not.toBe(ink);
  }
});

test.describe('colours that the system forces', () => {
  test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } });

  test('leave every shape that says something', async ({ page, start, button, key, row }) => {
    const width = (what: Locator, edge: string, pseudo?: string) =>
      what.evaluate((element, [edge, pseudo]) => parseFloat(getComputedStyle(element, pseudo).getPropertyValue(edge ?? '')), [edge, pseudo]);
    await start();
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    await key('demo').tap();
    await expect(row('demo').getByTestId('code')).toBeVisible();
    expect(await width(row('demo'), 'outline-width')).toBeGreaterThanOrEqual(1);
    expect(await width(key('connect.fer'), 'border-top-width', '::before')).toBe(1);
    expect(await width(key('demo'), 'border-top-width', '::before'), 'an open one is told apart').toBe(4);
    expect(await width(button('list.menu'), 'border-top-width')).toBe(1);
    expect(await width(page.getByTestId('row').locator('.tile').first(), 'border-top-width')).toBe(1);
    // A line that is drawn, in a colour of the system.
    const ring = row('demo').locator('svg circle').last();
    expect(await ring.evaluate((circle) => getComputedStyle(circle).stroke)).not.toBe('none');
    await page.screenshot({ path: join(PICTURES, '99-list-forced.png') });
    await button('list.menu').tap();
    await page.screenshot({ path: join(PICTURES, '99-menu-forced.png') });
    await button('menu.settings').tap();
    await expect(page.getByRole('switch').first()).toBeVisible();
    expect(await width(page.getByRole('switch').first(), 'border-top-width')).toBeGreaterThanOrEqual(1);
    await page.screenshot({ path: join(PICTURES, '99-settings-forced.png') });
  });
});
