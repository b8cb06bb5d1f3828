import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from './support/app';
import { ManyEntries } from './support/many-entries';

const COUNT = 10_000;
/** Three screens of rows, and a step at both ends. */
const MOST_ROWS = 50;

type Fixtures = {
  many: ManyEntries;
  /** The row with this index. */
  at: (index: number) => Locator;
  keyAt: (index: number) => Locator;
};

const test = base.extend<Fixtures>({
  many: ({ core }, use) => use(new ManyEntries(core, COUNT)),
  at: ({ page }, use) => use((index) => page.locator(`[aria-posinset="${index + 1}"]`)),
  keyAt: ({ at }, use) => use((index) => at(index).getByRole('button').first()),
});

const scroller = (page: Page) => page.getByRole('main').last();
const scrollTo = (page: Page, top: number) => scroller(page).evaluate((main, to) => void (main.scrollTop = to), top);
const scrolled = (page: Page) => scroller(page).evaluate((main) => main.scrollTop);
const topOf = (row: Locator) => row.evaluate((element) => element.getBoundingClientRect().top);

/** Scrolls in steps, as a user does, until this row is in the middle. */
async function scrollToRow(page: Page, row: Locator, index: number): Promise<void> {
  await expect(page.getByTestId('row').first()).toBeVisible();
  await expect(async () => {
    await scroller(page).evaluate((main, wanted) => {
      const middle = document.elementFromPoint(195, 420)?.closest('li');
      main.scrollTop += (wanted + 1 - Number(middle?.ariaPosInSet ?? 0)) * 85;
    }, index);
    await expect(row).toBeVisible({ timeout: 200 });
  }).toPass({ intervals: [50] });
  await row.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(100);
}

/** Two frames, so that the effects of the first are visible in the second. */
const frames = (page: Page) =>
  page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))));

test('only a few rows are rendered, however long the list and the scroll', async ({ page, many, start, at }) => {
  await start();
  await expect(at(0)).toHaveAttribute('aria-setsize', `${COUNT}`);
  const most = await scroller(page).evaluate(async (main) => {
    let most = 0;
    for (let step = 0; step < 200; step += 1) {
      main.scrollTop += step < 100 ? 300 : 9000;
      await new Promise((go) => requestAnimationFrame(go));
      most = Math.max(most, main.querySelectorAll('[data-testid=row]').length);
    }
    return most;
  });
  expect(most).toBeLessThanOrEqual(MOST_ROWS);
  await scrollTo(page, 1e9);
  await expect(at(COUNT - 1)).toBeVisible();
  await scrollTo(page, 1e9);
  await expect(at(COUNT - 1)).toBeInViewport();
  await expect(at(COUNT - 1)).toContainText(`Entrée ${COUNT - 1}`);
  expect(Math.max(...many.views.map(({ limit }) => limit))).toBeLessThanOrEqual(100);
  await scrollTo(page, 0);
  await expect(at(0)).toContainText('Entrée 0');
  expect(await page.getByTestId('row').count()).toBeLessThanOrEqual(MOST_ROWS);
});

test('only the first rows are loaded', async ({ page, many, start, at }) => {
  await start();
  await expect(at(0)).toBeVisible();
  await page.waitForTimeout(200);
  expect(many.views.map(({ offset }) => offset)).toEqual([0]);
});

test('a page is loaded before its first row is rendered', async ({ page, many, start, at }) => {
  await start();
  await expect(at(0)).toBeVisible();
  await scrollTo(page, 2000);
  await expect.poll(() => many.views.map(({ offset }) => offset)).toEqual([0, 50]);
  await expect(at(30)).toBeAttached();
  await expect(at(50)).toHaveCount(0);
});

test('a search from the middle starts at the top', async ({ page, many, start, at, say, button }) => {
  await start();
  await scrollToRow(page, at(5000), 5000);
  const search = page.getByRole('searchbox', { name: say('list.search') });
  await search.fill('compensation');
  await expect(at(0)).toContainText('Entrée 3 de la caisse');
  expect(await scrolled(page)).toBe(0);
  await expect(search).toBeFocused();
  await scrollToRow(page, at(700), 700);
  await button('list.clear').tap();
  await expect(at(0)).toHaveAttribute('aria-setsize', `${COUNT}`);
  await expect(at(1)).toContainText('Entrée 1');
  expect(await scrolled(page)).toBe(0);
  expect(many.views.at(-1)).toMatchObject({ query: '', offset: 0 });
});

test('an expanded row that was scrolled away is still expanded', async ({ page, many, start, at, keyAt }) => {
  await start();
  await keyAt(2).tap();
  await expect(at(2).getByTestId('code')).toHaveText('855 319');
  // The focused row stays rendered.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await scrollTo(page, 200_000);
  await expect(at(2)).toHaveCount(0);
  await expect(page.getByTestId('code')).toHaveCount(0);
  await scrollTo(page, 0);
  await expect(at(2).getByTestId('code')).toHaveText('855 319');
  await expect(page.getByTestId('code')).toHaveCount(1);
  expect(many.revealed.every(([id]) => id === 'id-2')).toBe(true);
});

test('the focus stays on its row, and Tab goes on from there', async ({ page, many, start, at, keyAt }) => {
  expect(many.rows).toHaveLength(COUNT);
  await start();
  await keyAt(4).focus();
  await scrollTo(page, 300_000);
  await expect(at(0)).toHaveCount(0);
  await expect(keyAt(4)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(keyAt(5)).toBeFocused();
  await expect(at(5)).toBeInViewport();
  await expect(at(6)).toBeVisible();
});

test('Tab reaches every row in turn, down and up', async ({ page, many, start, keyAt }) => {
  expect(many.rows).toHaveLength(COUNT);
  await start();
  await keyAt(0).focus();
  for (let row = 1; row <= 60; row += 1) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(keyAt(row)).toBeFocused();
  }
  for (let row = 59; row >= 0; row -= 1) {
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(keyAt(row)).toBeFocused();
  }
});

test('rows of other heights above move no visible row', async ({ page, many, start, at }) => {
  expect(many.rows).toHaveLength(COUNT);
  await start();
  await expect(at(0)).toBeVisible();
  await scrollToRow(page, at(3000), 3000);
  // Up into rows whose height is not known yet: each step is as long as it was meant.
  const worst = await scroller(page).evaluate(async (main) => {
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    let worst = 0;
    for (let step = 0; step < 120; step += 1) {
      const middle = document.elementFromPoint(195, 420)?.closest('li');
      const before = middle?.getBoundingClientRect().top ?? NaN;
      main.scrollTop -= 70;
      await frame();
      await frame();
      const after = middle?.getBoundingClientRect().top ?? NaN;
      worst = Math.max(worst, Math.abs(after - before - 70));
    }
    return worst;
  });
  expect(worst).toBeLessThan(2);
});

test('a row above that collapses moves no visible row', async ({ page, many, start, at, keyAt }) => {
  expect(many.rows).toHaveLength(COUNT);
  await start();
  await keyAt(1).tap();
  await expect(at(1).getByTestId('code')).toBeVisible();
  await scrollTo(page, 700);
  await frames(page);
  const before = await topOf(at(12));
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('code')).toHaveCount(0);
  await frames(page);
  expect(Math.abs((await topOf(at(12))) - before)).toBeLessThan(2);
});

test('a touched key keeps its place while the expanded row above collapses', async ({ page, many, start, at, keyAt }) => {
  expect(many.rows).toHaveLength(COUNT);
  await start();
  await scrollToRow(page, at(100), 100);
  await keyAt(98).tap();
  await expect(at(98).getByTestId('code')).toBeVisible();
  const before = await topOf(at(101));
  await keyAt(101).tap();
  await expect(at(101).getByTestId('code')).toBeVisible();
  await expect(page.getByTestId('code')).toHaveCount(1);
  await frames(page);
  expect(Math.abs((await topOf(at(101))) - before)).toBeLessThan(2);
});

test('a row opened at the lower edge is seen whole', async ({ page, many, start, at, keyAt, button }) => {
  expect(many.rows).toHaveLength(COUNT);
  await start();
  await keyAt(6).tap();
  await expect(at(6).getByTestId('code')).toBeVisible();
  await frames(page);
  const bottom = await at(6).evaluate((element) => element.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual((await button('list.add').boundingBox())?.y ?? 0);
});

test('the list is as high as its rows, also when the last of them opens', async ({ page, many, start, at, keyAt }) => {
  await start();
  await expect(at(0)).toHaveAttribute('aria-setsize', `${many.rows.length}`);
  await expect(async () => {
    await scrollTo(page, 1e9);
    await expect(at(COUNT - 1)).toBeInViewport({ timeout: 200 });
  }).toPass({ intervals: [50] });
  const below = () =>
    at(COUNT - 1).evaluate((row) => (row.parentElement?.getBoundingClientRect().bottom ?? 0) - row.getBoundingClientRect().bottom);
  expect(Math.abs(await below())).toBeLessThan(1);
  await keyAt(COUNT - 1).tap();
  await expect(at(COUNT - 1).getByTestId('code')).toBeVisible();
  await frames(page);
  expect(Math.abs(await below())).toBeLessThan(1);
});

test('a search renders the visible rows first, and the others when typing has stopped', async ({ page, many, start, at, say }) => {
  await start();
  await expect(at(0)).toHaveAttribute('aria-setsize', `${many.rows.length}`);
  await page.evaluate(() => {
    const counts: number[] = [];
    Object.assign(window, { counts });
    const list = document.querySelector('main ul') as HTMLElement;
    new MutationObserver(() => counts.push(list.children.length)).observe(list, { childList: true });
  });
  await page.getByRole('searchbox', { name: say('list.search') }).fill('compensation');
  await expect(at(0)).toContainText('Entrée 3 de la caisse');
  await expect(at(12)).toBeAttached();
  const counts = await page.evaluate(() => (window as unknown as { counts: number[] }).counts);
  expect(Math.min(...counts)).toBeLessThan(10);
  expect(counts.at(-1)).toBeGreaterThan(12);
});

test('deleting and restoring an entry changes the list in place', async ({ page, many, start, at, row, button }) => {
  await start();
  await scrollToRow(page, at(5000), 5000);
  const before = await topOf(at(4999));
  await at(5000).getByRole('button', { name: /Options/ }).tap();
  await button('menu.delete').tap();
  await expect(at(5000)).toContainText('Entrée 5001');
  expect(many.rows).toHaveLength(COUNT - 1);
  await frames(page);
  expect(Math.abs((await topOf(at(4999))) - before)).toBeLessThan(2);
  await button('common.undo').tap();
  await expect(row('Entrée 5000')).toBeVisible();
  await frames(page);
  expect(Math.abs((await topOf(at(4999))) - before)).toBeLessThan(2);
});

test('a page of another revision reloads the list, and the visible rows stay', async ({ page, many, start, at }) => {
  await start();
  await scrollToRow(page, at(5010), 5010);
  many.insert();
  for (let step = 0; step < 60; step += 1) {
    await scroller(page).evaluate((main) => (main.scrollTop += 150));
    await frames(page);
  }
  await expect(at(5100)).toHaveAttribute('aria-setsize', `${COUNT + 1}`);
  // One place further down than before.
  await expect(at(5101)).toContainText('Entrée 5100');
  const ids = await page.getByRole('listitem').allInnerTexts();
  expect(new Set(ids).size).toBe(ids.length);
});

test('with all codes shown, only those of visible rows are requested', async ({ page, many, core, start, at }) => {
  const safety = await core.call<object>('security_settings');
  await core.call('set_security_settings', { settings: { ...safety, showAll: true } });
  await start();
  await expect(at(0).getByTestId('code')).toBeVisible();
  await scrollToRow(page, at(4000), 4000);
  await expect(at(4000).getByTestId('code')).toBeVisible();
  expect(Math.max(...many.revealed.map((ids) => ids.length))).toBeLessThanOrEqual(15);
  const shown = await page.getByTestId('code').count();
  expect(shown).toBeGreaterThan(2);
  expect(shown).toBeLessThanOrEqual(15);
});

test('the trash is a virtual list, too', async ({ page, many, start, at, say, button }) => {
  many.trash = many.rows.splice(0, 5000);
  await start();
  await button('list.menu').tap();
  await button('menu.trash').tap();
  await expect(page.getByTestId('trashed-row').first()).toBeVisible();
  expect(await page.getByTestId('trashed-row').count()).toBeLessThanOrEqual(MOST_ROWS);
  const list = page.getByRole('list', { name: say('trash.list') });
  // Once more: how high the rows are is known only when some were seen.
  await expect(async () => {
    await scrollTo(page, 1e9);
    await expect(list.locator('[aria-posinset="5000"]')).toContainText('Entrée 4999', { timeout: 300 });
  }).toPass();
  await list.locator('[aria-posinset="5000"]').getByRole('button').first().tap();
  await expect(list.locator('[aria-posinset="4999"]')).toHaveAttribute('aria-setsize', '4999');
  await button('common.back').tap();
  await expect(at(0)).toContainText('Entrée 4999');
});

test('behind another screen the list keeps its scroll position', async ({ page, many, start, at, button }) => {
  expect(many.rows).toHaveLength(COUNT);
  await start();
  await scrollToRow(page, at(6000), 6000);
  const before = await topOf(at(6000));
  await button('list.add').tap();
  await expect(at(6000)).toBeHidden();
  await button('common.back').tap();
  await expect(at(6000)).toBeVisible();
  await frames(page);
  expect(Math.abs((await topOf(at(6000))) - before)).toBeLessThan(2);
});

test('entries that change behind another screen move no visible row', async ({ page, many, start, at, row, say, button }) => {
  await start();
  await scrollToRow(page, at(6000), 6000);
  await button('list.menu').tap();
  // The touch of a header that sticks may itself have scrolled.
  const before = await topOf(row('Entrée 6000'));
  await button('menu.settings').tap();
  await expect(row('Entrée 6000')).toBeHidden();
  many.insert();
  await page.getByLabel(say('settings.sort')).selectOption('name');
  await expect(at(6000)).toContainText('Entrée 5999');
  await button('common.back').tap();
  await expect(row('Entrée 6000')).toBeVisible();
  await frames(page);
  expect(Math.abs((await topOf(row('Entrée 6000'))) - before)).toBeLessThan(2);
});
