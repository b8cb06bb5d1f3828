import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { picture } from './support/screen';
import { PASSPHRASE, prove, rows } from './support/vaults';

const LINK = 'otpauth://totp/Portail:moi?secret=PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F&issuer=Portail';

test.use({ platform: 'android' });

test('a touched key and a copied code vibrate, and the screen stays on while a code is shown', async ({ page, start, core, key }) => {
  await start();
  await key('connect.fer').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  await expect.poll(async () => (await core.phone()).awake).toBe(true);
  await page.getByTestId('code').tap();
  await expect.poll(async () => (await core.phone()).vibrations).toEqual(['key', 'done']);
  await key('connect.fer').tap();
  await expect(page.getByTestId('code')).toHaveCount(0);
  await expect.poll(async () => (await core.phone()).awake).toBe(false);
});

test('the screen is hidden until it is chosen otherwise', async ({ page, start, core, say, button }) => {
  await start();
  expect((await core.phone()).hidden).toBe(true);
  await button('list.menu').tap();
  await button('menu.settings').tap();
  const choice = page.getByRole('switch', { name: say('settings.hideScreen') });
  await expect(choice).toBeChecked();
  await prove(core);
  await choice.tap();
  await expect.poll(async () => (await core.phone()).hidden).toBe(false);
  await choice.scrollIntoViewIfNeeded();
  await picture(page, '95-settings-phone');
});

test.describe('on a desktop', () => {
  test.use({ platform: 'desktop' });
  test('there is nothing to hide the screen from', async ({ page, start, say, button }) => {
    await start();
    await button('list.menu').tap();
    await button('menu.settings').tap();
    await expect(page.getByRole('switch', { name: say('settings.showAll') })).toBeVisible();
    await expect(page.getByRole('switch', { name: say('settings.hideScreen') })).toHaveCount(0);
  });
});

test('a recording of the screen is reported', async ({ page, start, core }) => {
  await start();
  await expect(page.getByTestId('recorded')).toHaveCount(0);
  await core.phone({ recorded: true });
  await expect(page.getByTestId('recorded')).toBeVisible();
  await picture(page, '96-list-recorded');
});

test('a phone whose clock is set by hand says so where a code is refused', async ({ page, start, core, say, button }) => {
  await core.phone({ setsClockItself: false });
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: LINK });
  await button('confirmEntry.save').tap();
  await page.getByText(say('saved.refusedTitle')).tap();
  await expect(page.getByText(say('saved.clockByHand'))).toBeVisible();
});

test.describe('what another app hands over', () => {
  test('is shown, and saved only if the user confirms', async ({ page, start, core, say, button, row }) => {
    await start();
    await core.handOver(LINK);
    await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
    expect(await rows(core)).toHaveLength(6);
    await button('confirmEntry.save').tap();
    await button('common.done').tap();
    await expect(row('Portail')).toBeVisible();
  });

  test.describe('while the app is locked', () => {
    test.use({ before: 'closed' });
    test('waits for it to be opened', async ({ page, start, core, say, field, button }) => {
      await core.handOver(LINK);
      await start();
      await field('passphrase.label').fill(PASSPHRASE);
      await button('unlock.open').tap();
      await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
      expect(await rows(core)).toHaveLength(6);
    });
  });

  test('waits for what is being filled in', async ({ page, start, core, say, button, field }) => {
    await start();
    await button('list.add').tap();
    await page.getByRole('button', { name: new RegExp(`^${say('add.byHand')} `) }).tap();
    await field('manualEntry.issuer').fill('Commune');
    await core.handOver(LINK);
    await page.waitForTimeout(300);
    await expect(field('manualEntry.issuer')).toHaveValue('Commune');
    await button('common.back').tap();
    await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  });

  test('and cannot be added is said to be so', async ({ page, start, core, say }) => {
    await start();
    await core.handOver('https://example.org/');
    await expect(page.getByTestId('toast')).toContainText(say('error.webAddress'));
    await core.handOver('data:text/plain,bonjour');
    await expect(page.getByTestId('toast').last()).toContainText(say('error.notOtpauth'));
    expect(await rows(core)).toHaveLength(6);
  });
});

/** The notch and the bars of an edge-to-edge window. */
async function inset(page: Page, insets: { top: number; right: number; bottom: number; left: number }): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setSafeAreaInsetsOverride' as never, { insets } as never);
  return session;
}

test('nothing to touch lies under the notch or the bars', async ({ page, start, button, key }) => {
  await inset(page, { top: 47, right: 0, bottom: 34, left: 0 });
  await start();
  const top = async (what: ReturnType<typeof button>) => (await what.boundingBox())?.y ?? -1;
  expect(await top(button('list.menu'))).toBeGreaterThanOrEqual(47);
  const add = await button('list.add').boundingBox();
  expect((add?.y ?? 0) + (add?.height ?? 0)).toBeLessThanOrEqual(844 - 34);
  await picture(page, '97-list-notch');
  await page.setViewportSize({ width: 844, height: 390 });
  await inset(page, { top: 0, right: 47, bottom: 21, left: 47 });
  expect((await key('connect.fer').boundingBox())?.x).toBeGreaterThanOrEqual(47);
  await picture(page, '98-list-sideways');
});

for (const [name, width, height] of [
  ['turned sideways', 844, 390],
  ['in half a screen', 390, 420],
  ['in the narrowest', 320, 568],
] as const) {
  test(`${name}, a code can be shown and copied`, async ({ page, start, core, key }) => {
    await start();
    await key('connect.fer').tap();
    await page.setViewportSize({ width, height });
    await expect(page.getByTestId('code')).toBeVisible();
    await page.getByTestId('code').tap();
    await expect.poll(() => core.clipboard()).toMatch(/^\d{6,}$/);
  });
}
