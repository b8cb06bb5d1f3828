import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';

const [WIDTH, HEIGHT, KEYBOARD] = [390, 844, 400];

/** The keyboard covers the page: the visual viewport shrinks, the layout does not. */
async function layKeyboard(page: Page, height: number): Promise<void> {
  await page.evaluate((covered) => {
    const view = window.visualViewport as VisualViewport;
    const whole = window.innerHeight;
    Object.defineProperty(view, 'height', { configurable: true, get: () => whole - covered });
    view.dispatchEvent(new Event('resize'));
  }, height);
}

/** The system makes room for the keyboard: the page is smaller, and nothing covers it. */
async function makeRoom(page: Page, keyboard: number): Promise<void> {
  await page.evaluate(() => delete (window.visualViewport as { height?: number }).height);
  await page.setViewportSize({ width: WIDTH, height: HEIGHT - keyboard });
}

const WAYS = { 'lies over the page': layKeyboard, 'makes the page lower': makeRoom };

const appHeight = (page: Page) => page.evaluate(() => document.getElementById('app')?.clientHeight);

/** Of all that can be covered, the keyboard covers neither the field, as it stands, nor the button, once it is scrolled to. */
async function bothInSight(page: Page, field: Locator, button: Locator): Promise<void> {
  await expect.poll(() => appHeight(page)).toBe(HEIGHT - KEYBOARD);
  const bounds = async (what: Locator) => {
    const box = await what.boundingBox();
    return box ? { top: box.y, bottom: box.y + box.height } : { top: -1, bottom: Infinity };
  };
  await expect(field).toBeFocused();
  await expect.poll(async () => (await bounds(field)).bottom).toBeLessThanOrEqual(HEIGHT - KEYBOARD);
  expect((await bounds(field)).top).toBeGreaterThanOrEqual(0);
  await button.scrollIntoViewIfNeeded();
  expect((await bounds(button)).bottom).toBeLessThanOrEqual(HEIGHT - KEYBOARD);
}

test.use({ platform: 'android' });

for (const [name, come] of Object.entries(WAYS)) {
  test.describe(`a keyboard that ${name} leaves the field and its button in sight`, () => {
    test('by hand', async ({ page, start, button, option, field }) => {
      await start();
      await button('list.add').tap();
      await option('add.byHand').tap();
      await field('manualEntry.secret').tap();
      await come(page, KEYBOARD);
      await bothInSight(page, field('manualEntry.secret'), button('common.continue'));
    });

    test('in what is changed', async ({ page, start, row, button, field }) => {
      await start();
      await row('demo').getByRole('button').last().tap();
      await button('menu.edit').tap();
      await field('edit.note').tap();
      await come(page, KEYBOARD);
      await bothInSight(page, field('edit.note'), button('common.save'));
    });

    test('in a sheet', async ({ page, start, core, say, button, option, field }) => {
      core.refuseOnce('draft_recovery_words', 'reauthRequired');
      await start();
      await button('list.menu').tap();
      await button('menu.settings').tap();
      await option('settings.opening').tap();
      await page.getByRole('button', { name: say('unlockMethods.act', { act: say('unlockMethods.renew'), way: say('credential.recovery') }) }).tap();
      await button('common.continue').tap();
      await field('passphrase.label').tap();
      await come(page, KEYBOARD);
      await bothInSight(page, field('passphrase.label'), button('reauth.confirm'));
    });

    test.describe('before the list', () => {
      test.use({ before: 'closed' });
      test('on the lock screen', async ({ page, start, button, field }) => {
        await start();
        await field('passphrase.label').tap();
        await come(page, KEYBOARD);
        await bothInSight(page, field('passphrase.label'), button('unlock.open'));
      });
    });

    test.describe('before there is a vault', () => {
      test.use({ before: 'nothing' });
      test('in the first run', async ({ page, start, say, button, option, field }) => {
        await start();
        await button('welcome.start').tap();
        await option('credential.passphrase').tap();
        await field('passphrase.label').fill('quatre mots sans lien');
        await field('passphrase.repeat').fill('quatre mots sans lien');
        await come(page, KEYBOARD);
        await bothInSight(page, field('passphrase.repeat'), page.getByRole('button', { name: say('passphrase.create') }));
      });
    });
  });
}

test('a keyboard that is first the one and then the other takes its place once, and gives it back', async ({ page, start, button, option, field }) => {
  await start();
  await button('list.add').tap();
  await option('add.byHand').tap();
  await field('manualEntry.secret').tap();
  await layKeyboard(page, KEYBOARD);
  await expect.poll(() => appHeight(page)).toBe(HEIGHT - KEYBOARD);
  await makeRoom(page, KEYBOARD);
  await bothInSight(page, field('manualEntry.secret'), button('common.continue'));
  await makeRoom(page, 0);
  await expect.poll(() => appHeight(page)).toBe(HEIGHT);
  await layKeyboard(page, KEYBOARD);
  await expect.poll(() => appHeight(page)).toBe(HEIGHT - KEYBOARD);
  await layKeyboard(page, 0);
  await expect.poll(() => appHeight(page)).toBe(HEIGHT);
});
