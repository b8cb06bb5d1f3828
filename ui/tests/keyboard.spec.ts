import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';
import { wordFor } from './support/first-run';
import { pasteOrDrop } from './support/paste-or-drop';
import { totpBetween } from './support/oathtool';
import { PASSPHRASE, PIN, prove, rows, SECRETS } from './support/vaults';

/** More tab stops than any screen has. */
const STEPS = 60;

/** A user without a pointer: presses Tab until the element has the focus. */
class Hands {
  constructor(private page: Page) {}

  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let step = 0; step < STEPS; step += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not come to ${target}`);
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press(key);
  }

  async write(target: Locator, text: string): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(text);
  }
}

/** Pointer actions fail in these tests. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    for (const type of ['pointerdown', 'mousedown', 'touchstart']) {
      addEventListener(type, () => document.body.replaceChildren('a pointer was used'), { capture: true });
    }
  });
});

test.describe('the first run', () => {
  test.use({ before: 'nothing', device: { biometric: 'ready' } });

  test('from the welcome to a code of the first entry', async ({ page, start, say, button, option, field }) => {
    const hands = new Hands(page);
    await start();
    await hands.press(button('welcome.start'));
    await hands.press(option('credential.pin'));
    await hands.write(field('accessCode.label'), PIN);
    await hands.write(field('accessCode.repeat'), PIN);
    await page.keyboard.press('Enter');
    const list = page.getByRole('list', { name: say('recoveryWords.list') });
    await expect(list.getByRole('listitem')).toHaveCount(12);
    const words = await list.locator('.word').allInnerTexts();
    await hands.press(button('recoveryWords.noted'));
    await expect(page.getByRole('textbox')).toHaveCount(3);
    for (const one of await page.getByRole('textbox').all()) {
      await hands.write(one, await wordFor(one, words));
    }
    await hands.press(button('recoveryWords.check'));
    await hands.press(button('biometric.later'));
    await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();

    await hands.press(button('list.add'));
    await hands.press(page.getByRole('button', { name: say('add.byHand') }));
    await hands.write(field('manualEntry.issuer'), 'Portail');
    await hands.write(field('manualEntry.account'), 'jeanne');
    await hands.write(field('manualEntry.secret'), SECRETS.demo);
    await hands.press(button('common.continue'));
    await hands.press(button('confirmEntry.save'));
    const from = Date.now();
    const shown = await page.getByTestId('saved-entry').getByTestId('code').innerText();
    expect(totpBetween({ secret: SECRETS.demo }, from - 30_000, Date.now())).toContain(shown.replace(' ', ''));
    await hands.press(button('common.done'));
    await expect(page.getByTestId('row')).toHaveCount(1);
  });
});

test('a code is found, shown and copied; an entry deleted and brought back', async ({ page, start, core, button, row, key }) => {
  const hands = new Hands(page);
  await start();
  await hands.write(page.getByRole('searchbox'), 'demo');
  await expect(page.getByTestId('row')).toHaveCount(1);
  const from = Date.now();
  await hands.press(key('demo'));
  const code = row('demo').getByTestId('code');
  await expect(code).toBeVisible();
  await hands.press(row('demo').getByRole('button', { name: /^Copier le code/ }));
  await expect.poll(() => core.clipboard()).toMatch(/^\d{6}$/);
  expect(totpBetween({ secret: SECRETS.demo }, from, Date.now() + 30_000)).toContain(await core.clipboard());

  await hands.press(row('demo').getByRole('button', { name: /^Options/ }), 'Space');
  await hands.press(button('menu.delete'));
  await expect(page.getByTestId('row')).toHaveCount(0);
  expect(await rows(core)).toHaveLength(5);
  await hands.press(button('common.undo'));
  await expect(row('demo')).toBeVisible();
  expect(await rows(core)).toHaveLength(6);
});

test('the menu key opens the menu of a row, and its key works after that', async ({ page, start, button, row, key }) => {
  const hands = new Hands(page);
  await start();
  await hands.reach(key('demo'));
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('dialog')).toBeVisible();
  await hands.reach(button('menu.details'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await hands.press(key('demo'));
  await expect(row('demo').getByTestId('code')).toBeVisible();
});

test('a link and several codes at once are added, one by one', async ({ page, start, core, say, button, field, row }) => {
  const hands = new Hands(page);
  const link = (issuer: string, secret: string) => `otpauth://totp/${issuer}:jeanne?issuer=${issuer}&secret=${secret}`;
  await start();
  await hands.press(button('list.add'));
  await hands.press(page.getByRole('button', { name: say('add.link') }));
  await hands.write(field('pasteLink.label'), link('Guichet', 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F'));
  await hands.press(button('common.continue'));
  await hands.press(button('confirmEntry.save'));
  await hands.press(button('common.done'));
  await expect(row('Guichet')).toBeVisible();
  await hands.press(button('list.add'));
  const text = [link('Un', 'GAYDAMBQGAYDAMBQGAYDAMBQGAYDAMBQ'), link('Deux', 'GEYTCMJRGEYTCMJRGEYTCMJRGEYTCMJR')].join('\n');
  await pasteOrDrop(page, 'paste', { text });
  await hands.press(page.getByRole('button', { name: /^Un/ }));
  await hands.press(button('confirmEntry.save'));
  await hands.press(button('common.done'));
  await hands.press(page.getByRole('button', { name: /^Deux/ }));
  await hands.press(button('confirmEntry.save'));
  await hands.press(button('common.done'));
  await expect(row('Deux')).toBeVisible();
  expect(await rows(core)).toHaveLength(9);
});

test('an entry is renamed, shown as a QR code after a proof, and deleted for ever', async ({ page, start, core, say, button, field, row }) => {
  const hands = new Hands(page);
  const menu = (name: string) => hands.press(row(name).getByRole('button', { name: /^Options/ }));
  core.refuseOnce('export_qr', 'reauthRequired');
  await start();
  await menu('demo');
  await hands.press(button('menu.edit'));
  await hands.write(field('manualEntry.issuer'), 'Démonstration');
  await hands.press(button('common.save'));
  await expect(row('Démonstration')).toBeVisible();

  await menu('Démonstration');
  await hands.press(button('qr.menu'));
  await hands.write(field('passphrase.label'), PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('img', { name: /Démonstration/ })).toBeVisible();
  await hands.press(button('common.back'));

  await menu('Démonstration');
  await hands.press(button('menu.delete'));
  await hands.press(button('list.menu'));
  await hands.press(button('menu.trash'));
  await hands.press(button('trash.forEver', { name: 'Démonstration, john.doe - desksecurium' }));
  await hands.press(button('trash.act'));
  await expect(page.getByText(say('trash.empty'))).toBeVisible();
  expect(await rows(core)).toHaveLength(5);
});

test('the help is read, a cause looked for, the passphrase changed', async ({ page, start, core, say, button, option, field, row }) => {
  const hands = new Hands(page);
  await start();
  await hands.press(button('list.menu'));
  await hands.press(button('help.title'));
  await hands.press(page.locator('summary').first());
  await expect(page.locator('details').first()).toHaveAttribute('open', '');
  await hands.press(button('common.back'));

  await hands.press(row('demo').getByRole('button', { name: /^Options/ }));
  await hands.press(button('menu.details'));
  await hands.press(button('saved.refusedTitle'));
  await hands.write(field('checkCodes.first'), '123456');
  await hands.write(field('checkCodes.second'), '654321');
  await hands.press(button('checkCodes.ask'));
  await expect(page.getByText(say('checkCodes.unknown'))).toBeVisible();
  await hands.press(button('common.back'));
  await hands.press(button('common.back'));

  await hands.press(button('list.menu'));
  await hands.press(button('menu.settings'));
  await hands.press(option('settings.opening'));
  await hands.press(button('unlockMethods.act', { act: say('unlockMethods.change'), way: say('credential.passphrase') }));
  await prove(core);
  await hands.press(button('common.continue'));
  await expect(page.locator('.word')).toHaveCount(12);
  const words = await page.locator('.word').allInnerTexts();
  await hands.press(button('recoveryWords.noted'));
  await expect(page.getByRole('textbox')).toHaveCount(3);
  for (const one of await page.getByRole('textbox').all()) await hands.write(one, await wordFor(one, words));
  await page.keyboard.press('Enter');
  await hands.write(field('passphrase.label'), 'encore une autre phrase');
  await hands.write(field('passphrase.repeat'), 'encore une autre phrase');
  await expect(button('keyReplacement.act')).toBeEnabled();
  await page.keyboard.press('Enter');
  await hands.press(button('common.done'));
  await expect(page.getByTestId('way').first()).toBeVisible();
  await core.call('reauthenticate', { credential: 'passphrase', text: 'encore une autre phrase' });
});

test.describe('a closed vault', () => {
  test.use({ before: 'closed' });

  test('unlocked, another language chosen, locked again', async ({ page, start, say, button, field }) => {
    const hands = new Hands(page);
    await start();
    await hands.write(field('passphrase.label'), PASSPHRASE);
    await page.keyboard.press('Enter');
    await hands.press(button('list.menu'));
    await hands.press(button('menu.settings'));
    const languages = page.getByLabel(say('settings.language'));
    await hands.reach(languages);
    await page.keyboard.type('Deutsch');
    await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
    await page.keyboard.press('Escape');
    await hands.press(page.getByRole('button', { name: 'Sperren' }));
    await expect(page.getByRole('textbox', { name: 'Passphrase' })).toBeVisible();
  });
});
