import type { Locator, Page } from '@playwright/test';
import { enlarge } from './pictures/looks';
import { expect, test } from './support/app';
import { boxOf, overlap } from './support/boxes';
import { addLink, rows, SECRETS } from './support/vaults';

const LONG = 'Caisse cantonale vaudoise de compensation et de réadaptation';
const ACCOUNT = 'prenom.nom-de-famille-compose@administration-cantonale.example.ch';
const WINDOWS = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 390, height: 500 },
  { width: 844, height: 390 },
];

const secretOf = (at: number) => `${SECRETS.demo.slice(0, -1)}${'ABCDEFGHIJKLMNOP'[at]}`;
const scroller = (page: Page) => page.getByRole('main').last();

/** Scrolls until the key of a row is as low in the window as possible, where it is nearest to the button. */
async function lower(page: Page, row: Locator, add: Locator): Promise<void> {
  const button = await boxOf(add);
  await row.evaluate((element, button) => {
    const key = element.querySelector('.key')?.getBoundingClientRect() ?? new DOMRect();
    const floor = key.right > button.x ? button.y : window.innerHeight;
    const main = element.closest('main');
    if (main) main.scrollTop += key.bottom - floor + 2;
  }, button);
  await page.waitForTimeout(50);
}

for (const viewport of WINDOWS) {
  for (const size of ['100%', '200%']) {
    for (const names of ['short', 'long']) {
      test.describe(`${viewport.width} by ${viewport.height}, text ${size}, ${names} names`, () => {
        test.use({ before: 'empty', viewport });

        test('the add button covers no entry that was scrolled to', async ({ page, start, core, button }) => {
          for (let at = 0; at < 9; at += 1) {
            const label = names === 'long' ? `${at} ${LONG}:${ACCOUNT}` : `Entrée ${at}:jeanne`;
            await addLink(core, `otpauth://totp/${encodeURIComponent(label)}?secret=${secretOf(at)}`);
          }
          await enlarge(page, size);
          await start();
          const add = button('list.add');
          await expect(page.getByTestId('row').first()).toBeVisible();
          const count = (await rows(core)).length;
          for (const at of [1, 4, count - 1]) {
            const row = page.locator(`[aria-posinset="${at + 1}"]`);
            await row.evaluate((element) => element.scrollIntoView({ block: 'end' }));
            await page.waitForTimeout(50);
            await lower(page, row, add);
            await row.locator('.key').tap();
            await expect(row.getByTestId('code')).toBeInViewport({ ratio: 1 });
            await page.waitForTimeout(50);
            const button = await boxOf(add);
            for (const part of [row.getByTestId('code'), row.locator('span.left')]) {
              expect(overlap(await boxOf(part), button), `${part} is covered`).toBe(false);
            }
            // Nor any other part of the row, unless it is higher than the available space.
            const [header, whole] = [await boxOf(page.locator('main.list > header')), await boxOf(row)];
            if (whole.height > button.y - header.y - header.height - 24) continue;
            for (const part of [row.locator('.key'), row.getByRole('button', { name: /Options/ })]) {
              expect(overlap(await boxOf(part), button), `${part} is covered`).toBe(false);
            }
          }
          await page.keyboard.press('Escape');
          await expect(page.getByTestId('code')).toHaveCount(0);
          // The end of the list can be scrolled above the button.
          await scroller(page).evaluate((main) => void (main.scrollTop = 1e6));
          const last = page.locator(`[aria-posinset="${count}"]`);
          await expect(last).toBeInViewport();
          await page.waitForTimeout(50);
          const bottom = (box: { y: number; height: number }) => box.y + box.height;
          expect(bottom(await boxOf(last.getByTestId('row')))).toBeLessThanOrEqual((await boxOf(add)).y);
          await last.locator('.key').tap();
          await expect(last.getByTestId('code')).toBeVisible();
          await scroller(page).evaluate((main) => void (main.scrollTop = 1e6));
          await page.waitForTimeout(50);
          expect(bottom(await boxOf(last.getByTestId('row')))).toBeLessThanOrEqual((await boxOf(add)).y);
          // It has its accessible name, whatever part is visible, and is large enough to touch.
          const { width, height } = await boxOf(add);
          expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
        });
      });
    }
  }
}

test('with a short list and large text the button stands at the lower edge', async ({ page, start, button, row }) => {
  await enlarge(page, '200%');
  await start();
  await page.getByRole('searchbox').fill('demo');
  await expect(row('demo')).toBeVisible();
  await expect(page.getByTestId('row')).toHaveCount(1);
  const { y, height } = await boxOf(button('list.add'));
  expect(y + height).toBeGreaterThan(844 - 24);
  await button('list.add').tap();
  await expect(button('common.back')).toBeVisible();
});

test('the add button follows the text size of the settings', async ({ page, start, say, button }) => {
  await start();
  const floating = await boxOf(button('list.add'));
  expect(floating.width).toBeLessThan(200);
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await page.getByLabel(say('settings.textSize')).selectOption('larger');
  await button('common.back').tap();
  await expect.poll(async () => (await boxOf(button('list.add'))).width).toBeGreaterThan(300);
});

test('values without room beside their labels are aligned at one side', async ({ page, start, button, row, say }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await enlarge(page, '200%');
  await start();
  await row('Espace client').getByRole('button').last().tap();
  await button('menu.details').tap();
  await expect(page.getByText(say('fact.created'))).toBeVisible();
  const lines = await page.locator('dl > div').evaluateAll((all) =>
    all.map((line) => {
      const [label, value] = [line.querySelector('dt'), line.querySelector('dd')];
      const range = document.createRange();
      range.selectNodeContents(value as Element);
      const lefts = [...range.getClientRects()].map(({ left }) => left);
      const stacked = (value?.getBoundingClientRect().top ?? 0) >= (label?.getBoundingClientRect().bottom ?? 0) - 1;
      return { stacked, off: Math.max(...lefts.map((left) => left - (label?.getBoundingClientRect().left ?? 0))) };
    }),
  );
  const stacked = lines.filter((line) => line.stacked);
  expect(stacked.length).toBeGreaterThan(3);
  for (const { off } of stacked) expect(Math.abs(off)).toBeLessThan(1);
});
