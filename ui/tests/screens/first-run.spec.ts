import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { passWords, typeWords } from '../support/first-run';
import { PASSPHRASE, PIN } from '../support/vaults';

test.use({ before: 'nothing' });

test.describe('a device that keeps no secrets', () => {
  test.use({ device: { absent: true } });
  test('first run with a passphrase, from the welcome to the empty list', async ({ page, start, say, button, field }) => {
    await start();
    await expect(page.getByRole('heading', { name: 'Trousseau' })).toBeVisible();
    await picture(page, '01-welcome');
    await button('welcome.start').tap();

    // No question if there is only one answer.
    await expect(page.getByText(say('chooseProtection.noStore'))).toBeVisible();
    await expect(page.getByRole('heading', { name: say('passphrase.title') })).toBeVisible();
    await field('passphrase.label').fill('motdepasse1');
    await expect(page.getByText(say('passphrase.weak'))).toBeVisible();
    await picture(page, '02-passphrase-weak');
    await field('passphrase.label').fill(PASSPHRASE);
    await field('passphrase.repeat').fill('quatre mots sans lie');
    await button('passphrase.create').tap();
    await expect(page.getByRole('alert')).toHaveText(say('passphrase.mismatch'));
    await field('passphrase.repeat').fill(PASSPHRASE);
    await expect(page.getByText(say('passphrase.weak'))).toHaveCount(0);
    await picture(page, '03-passphrase-strong');
    await button('passphrase.create').tap();

    await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
    await picture(page, '04-words');
    const words = await page.getByRole('list', { name: say('recoveryWords.list') }).locator('.word').allInnerTexts();
    expect(words).toHaveLength(12);
    await button('recoveryWords.later').tap();
    await picture(page, '05-words-later');
    await page.keyboard.press('Escape');
    await button('recoveryWords.noted').tap();

    const asked = page.getByRole('textbox');
    await expect(asked).toHaveCount(3);
    await picture(page, '06-words-confirm');
    for (const one of await asked.all()) await one.fill('abandon');
    await button('recoveryWords.check').tap();
    await expect(page.getByRole('alert')).toBeVisible();
    await picture(page, '07-words-wrong');
    await typeWords(page, words);
    await button('recoveryWords.check').tap();
    await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
    await picture(page, '08-list-empty');
  });

  test('that turns out to keep them is asked the question after all', async ({ page, start, core, say, button }) => {
    await start();
    await button('welcome.start').tap();
    await expect(page.getByRole('heading', { name: say('passphrase.title') })).toBeVisible();
    await core.device({ absent: false });
    await expect(page.getByRole('heading', { name: say('chooseProtection.title') })).toBeVisible();
  });
});

test.describe('a device with a biometric', () => {
  test.use({ device: { biometric: 'ready' } });

  test('first run with an access code, and a fingerprint on top', async ({ page, start, core, say, button, option, field }) => {
    await start();
    await button('welcome.start').tap();
    await expect(page.getByRole('heading', { name: say('chooseProtection.title') })).toBeVisible();
    await picture(page, '82-protect');
    await option('credential.pin').tap();
    await expect(field('accessCode.label')).toHaveAttribute('type', 'password');
    await expect(field('accessCode.label')).toHaveAttribute('inputmode', 'numeric');
    await picture(page, '83-pin');
    for (const [pin, refusal] of [
      ['12345', say('error.pinTooShort', { min: 6 })],
      ['123456', say('error.pinTooWeak')],
    ] as const) {
      await field('accessCode.label').fill(pin);
      await field('accessCode.repeat').fill(pin);
      await button('passphrase.create').tap();
      await expect(page.getByRole('alert')).toHaveText(refusal);
    }
    await field('accessCode.label').fill(PIN);
    await field('accessCode.repeat').fill('314158');
    await button('passphrase.create').tap();
    await expect(page.getByRole('alert')).toHaveText(say('passphrase.mismatch'));
    await picture(page, '84-pin-mismatch');
    await field('accessCode.repeat').fill(PIN);
    await button('passphrase.create').tap();
    await passWords(page, say);

    await expect(page.getByRole('heading', { name: say('biometric.title') })).toBeVisible();
    await picture(page, '85-biometric-offer');
    await core.device({ dialog: 'cancelled' });
    await button('biometric.add').tap();
    await expect(page.getByRole('alert')).toHaveText(say('error.biometricCancelled'));
    await core.device({ dialog: 'yes' });
    await button('biometric.add').tap();
    await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
    expect(await core.call('status')).toMatchObject({ credentials: ['biometric', 'pin', 'recovery'] });
  });

  test('first run with a passphrase, and no fingerprint', async ({ page, start, core, say, button, option, field }) => {
    await start();
    await button('welcome.start').tap();
    await option('credential.passphrase').tap();
    await button('common.back').tap();
    await option('credential.passphrase').tap();
    await field('passphrase.label').fill(PASSPHRASE);
    await page.getByRole('button', { name: say('common.show', { label: say('passphrase.label') }) }).tap();
    await expect(field('passphrase.repeat')).toHaveCount(0);
    await button('passphrase.create').tap();
    await passWords(page, say);
    await button('biometric.later').tap();
    await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
    expect(await core.call('status')).toMatchObject({ credentials: ['passphrase', 'recovery'] });
  });

  test('first run without a code, behind a warning', async ({ page, start, core, say, button, option }) => {
    await start();
    await button('welcome.start').tap();
    await option('credential.device').tap();
    await expect(page.getByText(say('noCode.warning'))).toBeVisible();
    await picture(page, '86-no-code');
    await button('noCode.instead').tap();
    await expect(page.getByRole('heading', { name: say('accessCode.title') })).toBeVisible();
    await button('common.back').tap();
    await option('credential.device').tap();
    await button('noCode.confirm').tap();
    await passWords(page, say);
    // Beside "no code", a fingerprint would protect nothing.
    await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
    expect(await core.call('status')).toMatchObject({ credentials: ['device', 'recovery'] });
  });
});

test.describe('a device without an enrolled fingerprint', () => {
  test.use({ device: { biometric: 'notEnrolled' } });

  test('offers no fingerprint', async ({ page, start, say, button, option, field }) => {
    await start();
    await button('welcome.start').tap();
    await option('credential.pin').tap();
    await field('accessCode.label').fill(PIN);
    await field('accessCode.repeat').fill(PIN);
    await button('passphrase.create').tap();
    await passWords(page, say);
    await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
  });
});

test('words that were postponed are recalled in the list', async ({ page, start, core, say, button }) => {
  await core.call('create_vault', { credential: 'passphrase', text: PASSPHRASE });
  await start();
  await expect(page.getByTestId('recovery-reminder')).toContainText(say('list.reminder'));
  await picture(page, '09-list-reminder');
  await button('list.reminderAct').tap();
  await expect(page.getByRole('heading', { name: say('keyReplacement.words') })).toBeVisible();
});
