import { expect, test } from './support/app';
import { LINK } from './support/camera';
import { setWindowVisible, stepBack } from './support/system-window';

/** Hexadecimal and Base32 at once. */
const AMBIGUOUS = 'ABCDEF234567ABCDEF234567ABCDEF23';

test.use({ platform: 'android' });

test('back, several times without a touch, closes the sheet, the form and the screen, then leaves the app', async ({
  page,
  start,
  say,
  button,
  option,
  field,
}) => {
  await start();
  const entries = await page.evaluate(() => history.length);
  await button('list.add').tap();
  await option('add.byHand').tap();
  await field('manualEntry.secret').fill(AMBIGUOUS);
  await button('common.continue').tap();
  await expect(page.getByRole('dialog')).toBeVisible();

  expect(await stepBack(page)).toBe(true);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(field('manualEntry.secret')).toHaveValue(AMBIGUOUS);
  expect(await stepBack(page)).toBe(true);
  await expect(page.getByRole('heading', { name: say('add.title') })).toBeVisible();
  expect(await stepBack(page)).toBe(true);
  await expect(button('list.add')).toBeVisible();
  expect(await stepBack(page)).toBe(false);
  await expect(button('list.add')).toBeVisible();
  // A web view that finds entries to go back to does that first.
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test('a menu closes, and so does a question for a proof', async ({ page, start, core, say, button, option }) => {
  core.refuseOnce('draft_recovery_words', 'reauthRequired');
  await start();
  await button('list.menu').tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await stepBack(page)).toBe(true);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await stepBack(page)).toBe(false);

  await button('list.menu').tap();
  await button('menu.settings').tap();
  await option('settings.opening').tap();
  await page.getByRole('button', { name: say('unlockMethods.act', { act: say('unlockMethods.renew'), way: say('credential.recovery') }) }).tap();
  await button('common.continue').tap();
  await expect(page.getByRole('dialog', { name: say('reauth.title') })).toBeVisible();
  expect(await stepBack(page)).toBe(true);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: say('keyReplacement.words') })).toBeVisible();
});

test('a screen that a link put up, untouched, is closed too', async ({ page, start, core, say, button }) => {
  await start();
  await core.handOver(LINK);
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  expect(await stepBack(page)).toBe(true);
  await expect(button('list.add')).toBeVisible();
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toHaveCount(0);
  expect(await stepBack(page)).toBe(false);
});

test('a lock with a sheet open leaves nothing to close', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.menu').tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await core.call('lock');
  await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
  expect(await stepBack(page)).toBe(false);
  await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
});

test.describe('in the first run', () => {
  test.use({ before: 'nothing' });

  test('goes one step back, also after the window was left', async ({ page, start, core, say, button, option }) => {
    await start();
    expect(await stepBack(page)).toBe(false);
    await button('welcome.start').tap();
    await option('credential.passphrase').tap();
    await expect(page.getByRole('textbox').first()).toBeVisible();
    // The core is asked again, and answers the same.
    await setWindowVisible(page, false);
    core.take('status');
    await setWindowVisible(page, true);
    await expect.poll(() => core.take('status')).toBe(true);
    expect(await stepBack(page)).toBe(true);
    await expect(page.getByRole('heading', { name: say('chooseProtection.title') })).toBeVisible();
    expect(await stepBack(page)).toBe(true);
    await expect(button('welcome.start')).toBeVisible();
    expect(await stepBack(page)).toBe(false);
  });

  test('asks before the words are left unconfirmed, and takes one step back from typing them', async ({ page, start, say, button, option }) => {
    await start();
    await button('welcome.start').tap();
    await option('credential.device').tap();
    await button('noCode.confirm').tap();
    await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
    await button('recoveryWords.noted').tap();
    await expect(page.getByRole('heading', { name: say('recoveryWords.confirmTitle') })).toBeVisible();
    expect(await stepBack(page)).toBe(true);
    await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
    expect(await stepBack(page)).toBe(true);
    await expect(page.getByRole('dialog', { name: say('recoveryWords.laterTitle') })).toBeVisible();
    expect(await stepBack(page)).toBe(true);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
  });
});

test.describe('before the list', () => {
  test.use({ before: 'closed' });

  test('the lock screen has nothing to close, and neither has a core that does not answer', async ({ page, start, core, say, button }) => {
    await start();
    await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
    expect(await stepBack(page)).toBe(false);
    core.refuse('status', 'internal');
    await setWindowVisible(page, false);
    await setWindowVisible(page, true);
    await expect(page.getByRole('heading', { name: say('startupError.title') })).toBeVisible();
    expect(await stepBack(page)).toBe(false);
    await expect(button('common.retry')).toBeVisible();
  });

  for (const damage of ['truncated', 'newer'] as const) {
    test.describe(`a vault that is ${damage}`, () => {
      test.use({ damage });

      test('has nothing to close', async ({ page, start, say }) => {
        await start();
        const title = say(damage === 'newer' ? 'unsupportedVersion.title' : 'damagedVault.title');
        await expect(page.getByRole('heading', { name: title })).toBeVisible();
        expect(await stepBack(page)).toBe(false);
        await expect(page.getByRole('heading', { name: title })).toBeVisible();
      });
    });
  }
});
