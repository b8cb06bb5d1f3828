import { expect, test } from '../support/app';
import { Core } from '../support/core';
import { passWords } from '../support/first-run';
import { setUpCredentials } from '../support/credentials';
import { picture } from '../support/screen';
import { PASSPHRASE, PIN } from '../support/vaults';
import { setWindowVisible } from '../support/system-window';
import { LANGS } from '../support/words';

test.use({ before: 'closed' });

test('an access code opens, and what opens besides it is one touch away', async ({ page, start, core, say, button, field }) => {
  await setUpCredentials(core, 'pin and passphrase');
  await core.call('lock');
  await start();
  await expect(field('accessCode.label')).toBeFocused();
  await expect(field('accessCode.label')).toHaveAttribute('inputmode', 'numeric');
  await expect(field('accessCode.label')).toHaveAttribute('type', 'password');
  await expect(button('unlock.usePass')).toBeVisible();
  await expect(button('unlock.useWords')).toBeVisible();
  for (const other of ['unlock.usePin', 'unlock.useBiometric', 'unlock.useDevice']) await expect(button(other)).toHaveCount(0);
  await picture(page, '94-unlock-pin');
  await field('accessCode.label').fill('271828');
  await button('unlock.open').tap();
  await expect(page.getByRole('alert')).toHaveText(say('rejected.pin'));
  await expect(field('accessCode.label')).toBeFocused();
  await picture(page, '95-unlock-pin-wrong');
  await button('unlock.usePass').tap();
  await expect(field('passphrase.label')).toBeFocused();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await button('unlock.usePin').tap();
  await field('accessCode.label').fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('row')).toHaveCount(6);
});

test('wrong access codes cost a wait, for every way', async ({ page, start, core, button, field }) => {
  await setUpCredentials(core, 'pin');
  await core.call('lock');
  await page.clock.install();
  await start();
  for (let wrong = 1; wrong <= 4; wrong += 1) {
    await expect(field('accessCode.label')).toBeEnabled();
    await field('accessCode.label').fill(`27182${wrong}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
  }
  await expect(page.getByTestId('rate-limited')).toBeVisible();
  await button('unlock.useWords').tap();
  await expect(button('unlock.open')).toBeDisabled();
  await expect(page.getByTestId('rate-limited')).toHaveCount(0, { timeout: 10_000 });
  await button('unlock.usePin').tap();
  await field('accessCode.label').fill(PIN);
  await button('unlock.open').tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
});

test('old or foreign recovery words are reported', async ({ page, start, core, say, button, field, vaults }) => {
  await setUpCredentials(core, 'pin');
  await core.call('lock');
  await start();
  await button('unlock.useWords').tap();
  await field('unlock.wordsLabel').fill(vaults.bare.words.join(' '));
  await button('unlock.open').tap();
  await expect(page.getByRole('alert')).toHaveText(say('rejected.recovery'));
});

test.describe('a fingerprint', () => {
  test.use({ device: { biometric: 'ready' } });

  test('is asked for at once when the app starts', async ({ page, start, core }) => {
    await setUpCredentials(core, 'pin', true);
    await core.call('lock');
    const { asked } = await core.device();
    await start();
    await expect(page.getByTestId('row')).toHaveCount(6);
    expect((await core.device()).asked).toBe(asked + 1);
  });

  test('is asked for when the user returns, and not after a lock by hand', async ({ page, start, core, say, button }) => {
    await setUpCredentials(core, 'pin', true);
    await start();
    await expect(page.getByTestId('row')).toHaveCount(6);
    const { asked } = await core.device();
    await button('list.lock').tap();
    await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
    await expect(button('unlock.biometric')).toBeVisible();
    await picture(page, '96-unlock-biometric');
    expect((await core.device()).asked).toBe(asked);
    await setWindowVisible(page, false);
    await setWindowVisible(page, true);
    await expect(page.getByTestId('row')).toHaveCount(6);
    expect((await core.device()).asked).toBe(asked + 1);
  });

  test('whose question is left is asked for again by a touch, and never by itself', async ({ page, start, core, say, button, field }) => {
    await setUpCredentials(core, 'pin', true);
    await core.call('lock');
    const { asked } = await core.device({ dialog: 'cancelled' });
    await start();
    await expect(page.getByRole('alert')).toHaveText(say('error.biometricCancelled'));
    await picture(page, '97-unlock-biometric-cancelled');
    expect((await core.device({ dialog: 'notRecognised' })).asked).toBe(asked + 1);
    await button('unlock.biometric').tap();
    await expect(page.getByRole('alert')).toHaveText(say('error.biometricFailed'));
    await expect(button('unlock.biometric')).toBeFocused();
    await button('unlock.usePin').tap();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(field('accessCode.label')).toBeFocused();
    await core.device({ dialog: 'yes' });
    await button('unlock.useBiometric').tap();
    await expect(page.getByTestId('row')).toHaveCount(6);
    expect((await core.device()).asked).toBe(asked + 3);
  });

  test('that changed is said to have, and the access code is next', async ({ page, start, core, say, button, field }) => {
    await setUpCredentials(core, 'pin', true);
    await core.call('lock');
    await core.device({ dialog: 'changed' });
    await start();
    await expect(page.getByRole('alert')).toHaveText(say('error.biometricChanged'));
    await expect(field('accessCode.label')).toBeFocused();
    await expect(button('unlock.useBiometric')).toHaveCount(0);
    await picture(page, '98-unlock-biometric-changed');
    await field('accessCode.label').fill(PIN);
    await button('unlock.open').tap();
    await expect(page.getByTestId('row')).toHaveCount(6);
    expect(await core.call('status')).toMatchObject({ credentials: ['pin', 'recovery'] });
  });

  test('is not offered until one is enrolled', async ({ start, core, button, field }) => {
    await setUpCredentials(core, 'pin', true);
    await core.call('lock');
    const { asked } = await core.device({ biometric: 'notEnrolled' });
    await start();
    await expect(field('accessCode.label')).toBeFocused();
    await expect(button('unlock.useBiometric')).toHaveCount(0);
    await field('accessCode.label').fill('31');
    await core.device({ biometric: 'ready' });
    await expect(button('unlock.useBiometric')).toBeVisible();
    // The user is typing, so the input must not change.
    await expect(field('accessCode.label')).toHaveValue('31');
    expect((await core.device()).asked).toBe(asked);
  });
});

test.describe('no code', () => {
  test('unlocks by itself when the app starts and when the user returns, and not after a lock by hand', async ({ page, start, core, say, button }) => {
    await setUpCredentials(core, 'no code');
    await core.call('lock');
    await start();
    await expect(page.getByTestId('row')).toHaveCount(6);
    await button('list.lock').tap();
    await expect(page.getByText(say('unlock.device'))).toBeVisible();
    await page.waitForTimeout(500);
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await picture(page, '99-unlock-no-code');
    await button('unlock.deviceOpen').tap();
    await expect(page.getByTestId('row')).toHaveCount(6);
    await button('list.lock').tap();
    await expect(page.getByText(say('unlock.device'))).toBeVisible();
    await setWindowVisible(page, false);
    await setWindowVisible(page, true);
    await expect(page.getByTestId('row')).toHaveCount(6);
  });

  test('whose secret is gone leads to the recovery words', async ({ page, start, core, say, button, field }) => {
    const words = await setUpCredentials(core, 'no code');
    await core.call('lock');
    await core.device({ forget: true });
    await start();
    await expect(page.getByRole('alert')).toHaveText(say('error.deviceSecretGone'));
    await expect(field('unlock.wordsLabel')).toBeFocused();
    await picture(page, '100-unlock-secret-gone');
    await field('unlock.wordsLabel').fill(words.join(' '));
    await button('unlock.open').tap();
    await expect(page.getByRole('heading', { name: say('replaceCredential.title') })).toBeVisible();
  });
});

test('the previous copy opens in the same ways', async ({ page, folder, core, start, say, button, field }) => {
  await setUpCredentials(core, 'pin and passphrase');
  await core.call('lock');
  // The same process: another one would not have the device's part.
  const { truncateSync } = await import('node:fs');
  truncateSync(`${folder}/vault.trousseau`, 100);
  await core.send({ cmd: 'unlock', args: { credential: 'pin', text: PIN } });
  await start();
  await button('damagedVault.open').tap();
  await expect(field('accessCode.label')).toBeFocused();
  await picture(page, '101-unreadable-pin');
  await button('unlock.usePass').tap();
  await expect(field('passphrase.label')).toBeFocused();
  await button('unlock.usePin').tap();
  await field('accessCode.label').fill(PIN);
  await button('damagedVault.open').tap();
  await expect(page.getByTestId('read-only')).toHaveText(say('readOnly.banner'));
});

test.describe('after the recovery words', () => {
  for (const store of ['keeps secrets', 'keeps none'] as const) {
    test.describe(`a device that ${store}`, () => {
      test.use({ device: { absent: store === 'keeps none' } });

      test('something new is chosen, and what was forgotten stops working', async ({ page, start, core, vaults, say, button, option, field }) => {
        await start();
        await button('unlock.useWords').tap();
        await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
        await button('unlock.open').tap();
        await expect(page.getByText(say('keyReplacement.renewWhy'))).toBeVisible();
        await picture(page, store === 'keeps none' ? '102-renew-no-store' : '103-renew');
        const fresh = store === 'keeps none' ? 'dix mots tout neufs' : PIN;
        const name = store === 'keeps none' ? 'passphrase' : 'accessCode';
        if (name === 'accessCode') await option('credential.pin').tap();
        await field(`${name}.label`).fill(fresh);
        await field(`${name}.repeat`).fill(fresh);
        await button('common.continue').tap();
        const words = await passWords(page, say);
        await button('common.done').tap();
        await expect(page.getByTestId('row')).toHaveCount(6);
        await core.call('reauthenticate', { credential: 'recovery', text: words.join(' ') });
        await expect(page.getByTestId('renewal-reminder')).toHaveCount(0);
        await button('list.lock').tap();
        await expect(field(`${name}.label`)).toBeVisible();
        const old = await core.send({ cmd: 'unlock', args: { credential: 'passphrase', text: PASSPHRASE } });
        expect(old).toMatchObject({ err: { code: 'credentialRejected' } });
        await field(`${name}.label`).fill(fresh);
        await button('unlock.open').tap();
        await expect(page.getByTestId('row')).toHaveCount(6);
      });
    });
  }

  test('where there is no passphrase, the words stay good', async ({ page, start, core, say, button, option, field }) => {
    const words = await setUpCredentials(core, 'pin');
    await core.call('lock');
    await start();
    await button('unlock.useWords').tap();
    await field('unlock.wordsLabel').fill(words.join(' '));
    await button('unlock.open').tap();
    await expect(page.getByText(say('replaceCredential.why'))).toBeVisible();
    await option('credential.pin').tap();
    await field('accessCode.label').fill('271828');
    await field('accessCode.repeat').fill('271828');
    await button('common.save').tap();
    await expect(page.getByTestId('row')).toHaveCount(6);
    await core.call('reauthenticate', { credential: 'recovery', text: words.join(' ') });
  });

  test('it can be put off, and the list reminds of it', async ({ page, start, vaults, say, button, field }) => {
    await start();
    await button('unlock.useWords').tap();
    await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
    await button('unlock.open').tap();
    await expect(page.getByText(say('replaceCredential.laterWhy'))).toBeVisible();
    await button('replaceCredential.later').tap();
    await expect(page.getByTestId('renewal-reminder')).toContainText(say('list.renew'));
    await picture(page, '104-renewal-reminder');
    await button('list.renewAct').tap();
    await expect(page.getByRole('heading', { name: say('replaceCredential.title') })).toBeVisible();
  });

  test('a lock during it returns to it', async ({ page, start, core, vaults, say, button, option, field }) => {
    await start();
    for (let times = 0; times < 2; times += 1) {
      await button('unlock.useWords').tap();
      await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
      await button('unlock.open').tap();
      await expect(page.getByRole('heading', { name: say('replaceCredential.title') })).toBeVisible();
      await option('credential.pin').tap();
      await field('accessCode.label').fill('31');
      if (times === 0) {
        await core.call('lock');
        await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
      }
    }
    await expect(field('accessCode.label')).toHaveValue('31');
  });

  test.describe('a device with a biometric', () => {
    test.use({ device: { biometric: 'ready' } });

    test('a fingerprint is offered on top', async ({ page, start, vaults, core, say, button, option, field }) => {
      await start();
      await button('unlock.useWords').tap();
      await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
      await button('unlock.open').tap();
      await option('credential.pin').tap();
      await field('accessCode.label').fill(PIN);
      await field('accessCode.repeat').fill(PIN);
      await button('common.continue').tap();
      await passWords(page, say);
      await button('common.done').tap();
      await expect(page.getByRole('heading', { name: say('biometric.title') })).toBeVisible();
      await button('biometric.add').tap();
      await expect(page.getByTestId('row')).toHaveCount(6);
      expect(await core.call('status')).toMatchObject({ credentials: ['biometric', 'pin', 'recovery'] });
    });
  });
});

test('a copy of the file on another device asks for what can open it there', async ({ page, folder, core, start, say, button, field }) => {
  const words = await setUpCredentials(core, 'pin');
  await core.end();
  const elsewhere = new Core(folder);
  core.send = elsewhere.send.bind(elsewhere);
  await start();
  await field('accessCode.label').fill(PIN);
  await button('unlock.open').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.deviceSecretGone'));
  await expect(field('unlock.wordsLabel')).toBeFocused();
  await field('unlock.wordsLabel').fill(words.join(' '));
  await button('unlock.open').tap();
  await expect.poll(async () => (await elsewhere.call<{ phase: string }>('status')).phase).toBe('unlocked');
  await elsewhere.end();
});

test.describe('on the narrowest phone', () => {
  test.use({ viewport: { width: 320, height: 568 }, device: { biometric: 'ready' } });

  test('all credentials fit', async ({ page, start, core, button }) => {
    await setUpCredentials(core, 'pin and passphrase', true);
    await core.call('lock');
    await core.device({ dialog: 'cancelled' });
    await start();
    await expect(page.getByRole('alert')).toBeVisible();
    await picture(page, '105-narrow-unlock');
    await button('unlock.usePin').tap();
    await picture(page, '106-narrow-unlock-pin');
  });
});

for (const lang of LANGS) {
  test.describe(`text at 200 %: ${lang}`, () => {
    test.use({ lang, device: { biometric: 'ready' } });

    test('the lock screen and what opens the app fit', async ({ page, start, core, say, button, option, field }) => {
      await setUpCredentials(core, 'pin and passphrase', true);
      await core.call('lock');
      await core.device({ dialog: 'cancelled' });
      await start();
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await expect(page.getByRole('alert')).toBeVisible();
      await picture(page, `122-${lang}-large-unlock`);
      await button('unlock.usePin').tap();
      await field('accessCode.label').fill(PIN);
      await button('unlock.open').tap();
      await button('list.menu').tap();
      await button('menu.settings').tap();
      await option('settings.opening').tap();
      await expect(page.getByRole('heading', { name: say('unlockMethods.title') })).toBeVisible();
      await expect(page.getByTestId('way').first()).toBeVisible();
      await picture(page, `123-${lang}-large-opening`);
    });
  });
}
