import { expect, test } from '../support/app';
import { Core } from '../support/core';
import { removeBackup } from '../support/damage';
import { onReadOnlyDisk } from '../support/read-only-disk';
import { openApp } from '../support/page';
import { picture } from '../support/screen';
import { PASSPHRASE } from '../support/vaults';

test.use({ before: 'closed' });

test('unlocking, with wrong attempts, a wait and the recovery words', async ({ page, start, vaults, say, button, field }) => {
  // Before the app starts, so that its timers use the stopped clock.
  await page.clock.install();
  await start();
  await expect(field('passphrase.label')).toBeFocused();
  await picture(page, '48-unlock');
  for (let wrong = 1; wrong <= 4; wrong += 1) {
    await field('passphrase.label').fill(`faux ${wrong}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(field('passphrase.label')).toBeEnabled();
    if (wrong === 1) await picture(page, '49-unlock-wrong');
  }
  await expect(page.getByTestId('rate-limited')).toBeVisible();
  await expect(button('unlock.open')).toBeDisabled();
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 250));
  await picture(page, '50-unlock-delayed', () => page.clock.resume());
  await expect(page.getByTestId('rate-limited')).toHaveCount(0, { timeout: 10_000 });

  await button('unlock.useWords').tap();
  await field('unlock.wordsLabel').fill('abandon abandon');
  await button('unlock.open').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.recoveryWordCount', { count: 2 }));
  // Nothing was tried, so the input stays.
  await expect(field('unlock.wordsLabel')).toHaveValue('abandon abandon');
  await picture(page, '51-unlock-words');
  await field('unlock.wordsLabel').fill(vaults.filled.words.join('  ').toUpperCase());
  await button('unlock.open').tap();
  await button('replaceCredential.later').tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
});

test.describe('a damaged vault', () => {
  test.use({ damage: 'truncated' });

  test('its previous copy opens for reading', async ({ page, start, say, button, field, key }) => {
    await start();
    await expect(page.getByRole('alert')).toHaveText(say('damagedVault.what'));
    await picture(page, '52-unreadable');
    await button('damagedVault.open').tap();
    await picture(page, '53-unreadable-ask');
    await field('passphrase.label').fill(PASSPHRASE);
    await button('damagedVault.open').tap();
    await expect(page.getByTestId('read-only')).toHaveText(say('readOnly.banner'));
    await key('demo').tap();
    await expect(page.getByTestId('code')).toBeVisible();
    await picture(page, '54-read-only');
    // It is marked as disabled and says why.
    await button('list.add').tap({ force: true });
    await expect(page.getByTestId('toast')).toContainText(say('readOnly.reason'));
    await picture(page, '55-read-only-reason');
  });

  test('without a copy it says so', async ({ page, folder, start, say }) => {
    removeBackup(folder);
    await start();
    await expect(page.getByText(say('damagedVault.noPreviousGeneration'))).toBeVisible();
    await picture(page, '56-unreadable-alone');
  });
});

test('a disk that cannot be written', async ({ page, folder, core, say, button, field, key }) => {
  await core.end();
  const reading = onReadOnlyDisk(folder);
  const complaints = await openApp(page, reading);
  await field('passphrase.label').fill(PASSPHRASE);
  await button('unlock.open').tap();
  await expect(page.getByTestId('disk-read-only')).toHaveText(say('readOnly.diskBanner'));
  await key('demo').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  await picture(page, '163-disk-read-only');
  await button('list.add').tap({ force: true });
  await expect(page.getByTestId('toast')).toContainText(say('readOnly.diskReason'));
  await picture(page, '164-disk-read-only-reason');
  await reading.end();
  expect(complaints).toEqual([]);
});

test.describe('a vault of a newer version', () => {
  test.use({ damage: 'newer' });

  test('is left alone', async ({ page, start, say }) => {
    await start();
    await expect(page.getByRole('heading', { name: say('unsupportedVersion.title') })).toBeVisible();
    await picture(page, '57-newer');
  });
});

test('a second process', async ({ page, folder, core, start, say }) => {
  await core.call('status');
  const other = new Core(folder);
  await expect(other.call('status')).rejects.toThrow('alreadyRunning');
  core.send = other.send.bind(other);
  await start();
  await expect(page.getByRole('alert')).toHaveText(say('error.alreadyRunning'));
  await picture(page, '58-second-process');
  await other.end();
});
