import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import type { Core } from './support/core';
import { pasteOrDrop } from './support/paste-or-drop';
import { picture } from './support/screen';
import { rows } from './support/vaults';
import { setWindowVisible } from './support/system-window';

const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
const LINK = `otpauth://totp/Portail:moi?secret=${SECRET}&issuer=Portail`;

type Told = { visible: boolean[]; places: string[] };

/** Records what the page reports about its window, and all saved UI states. */
function listen(core: Core): Told {
  const told: Told = { visible: [], places: [] };
  const send = core.send.bind(core);
  core.send = (call) => {
    if (call.cmd === 'set_window_visible') told.visible.push((call.args as { visible: boolean }).visible);
    if (call.cmd === 'set_window_visible' || call.cmd === 'save_ui_state') told.places.push(JSON.stringify(call.args));
    return send(call);
  };
  return told;
}

/** What the web view stores about the page. */
const stored = (page: Page) =>
  page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    history.state as unknown,
  ]);

/** How a system reloads the page of a running app: Android's activity hides it first, a crashed web view cannot. */
const WAYS: Record<string, (page: Page, told: Told, last: string) => Promise<unknown>> = {
  'after it was hidden': async (page) => {
    await setWindowVisible(page, false);
    await page.reload();
  },
  'with no word before': async (page, told, last) => {
    // Soon after typing, without another touch.
    await expect.poll(() => told.places.at(-1)).toContain(last);
    await page.reload();
  },
};

test.use({ platform: 'android' });

for (const [how, reload] of Object.entries(WAYS)) {
  test.describe(`a page that is made anew ${how}`, () => {
    test('has the input of manual entry except the secret, which the user types again', async ({ page, start, core, say, button, option, field }) => {
      const told = listen(core);
      await start();
      await button('list.add').tap();
      await option('add.byHand').tap();
      await field('manualEntry.account').fill('jeanne.rochat');
      await field('manualEntry.secret').fill(SECRET);
      await field('manualEntry.issuer').fill('Portail');
      await reload(page, told, 'Portail');
      await expect(page.getByTestId('secret-lost')).toHaveText(say('again.secret'));
      await expect(field('manualEntry.issuer')).toHaveValue('Portail');
      await expect(field('manualEntry.account')).toHaveValue('jeanne.rochat');
      await expect(field('manualEntry.secret')).toHaveValue('');
      await picture(page, '94-by-hand-anew');
      expect(told.places.join()).not.toContain(SECRET.slice(0, 8));
      expect(await stored(page)).toEqual([0, 0, '', 0, 0, null]);
      expect(await rows(core)).toHaveLength(6);
      // The core knows that the page is visible; otherwise it would lock.
      expect(told.visible.at(-1)).toBe(true);
      // After a second reload the secret is still missing.
      await page.reload();
      await expect(page.getByTestId('secret-lost')).toBeVisible();
      await expect(field('manualEntry.issuer')).toHaveValue('Portail');
      await button('common.back').tap();
      await expect(page.getByRole('heading', { name: say('add.title') })).toBeVisible();
    });

    test('has the changes to an entry, and has saved none of them', async ({ page, start, core, button, field, row }) => {
      const told = listen(core);
      await start();
      await row('demo').getByRole('button').last().tap();
      await button('menu.edit').tap();
      await field('edit.note').fill('Carte de la caisse.');
      await reload(page, told, 'Carte de la caisse.');
      await expect(field('edit.note')).toHaveValue('Carte de la caisse.');
      const demo = (await rows(core)).find(({ issuer }) => issuer === 'demo');
      expect(await core.call('entry_details', { id: demo?.id })).toMatchObject({ note: '' });
      expect(await stored(page)).toEqual([0, 0, '', 0, 0, null]);
      await button('common.cancel').tap();
      await expect(row('demo')).toBeVisible();
    });

    test('has the draft to confirm, with its changed names', async ({ page, start, core, say, button, field, row }) => {
      const told = listen(core);
      await start();
      await button('list.add').tap();
      await pasteOrDrop(page, 'paste', { text: LINK });
      await field('manualEntry.issuer').fill('Portail cantonal');
      await reload(page, told, 'Portail cantonal');
      await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
      await expect(field('manualEntry.issuer')).toHaveValue('Portail cantonal');
      expect(await rows(core)).toHaveLength(6);
      await button('confirmEntry.save').tap();
      await button('common.done').tap();
      await expect(row('Portail cantonal')).toBeVisible();
    });

    test('is the list if nothing was begun, and back leaves the app', async ({ page, start, core, row, key }) => {
      const told = listen(core);
      await start();
      await key('connect.fer').tap();
      await expect(page.getByTestId('code')).toBeVisible();
      told.places.push('');
      await reload(page, told, '');
      await expect(row('connect.fer')).toBeVisible();
      await expect(page.getByTestId('code')).toHaveCount(0);
      expect(await page.evaluate(() => window.oneStepBack())).toBe(false);
    });
  });
}

test('a page that is reloaded while the window is hidden is visible after the return', async ({ page, start, core, row }) => {
  await start();
  await expect(row('demo')).toBeVisible();
  await page.addInitScript(() => {
    let state: DocumentVisibilityState = 'hidden';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    Object.assign(window, { comeBack: () => {
      state = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    } });
  });
  const told = listen(core);
  await page.reload();
  await expect(row('demo')).toHaveCount(1);
  const inSight = () => row('demo').evaluate((element) => element.checkVisibility({ opacityProperty: true }));
  expect(await inSight()).toBe(false);
  expect(told.visible).toEqual([false]);
  await page.evaluate(() => (window as unknown as { comeBack: () => void }).comeBack());
  await expect.poll(inSight).toBe(true);
  expect(told.visible).toEqual([false, true]);
});
