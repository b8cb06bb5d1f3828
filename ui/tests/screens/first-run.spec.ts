import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { PASSPHRASE } from '../support/vaults';

test.use({ before: 'nothing' });

test('first run, from the welcome to the empty list', async ({ page, start, say, button, field }) => {
  await start();
  await expect(page.getByRole('heading', { name: 'Trousseau' })).toBeVisible();
  await picture(page, '01-welcome');
  await button('welcome.start').tap();

  await field('pass.label').fill('motdepasse1');
  await expect(page.getByText(say('pass.weak'))).toBeVisible();
  await picture(page, '02-passphrase-weak');
  await field('pass.label').fill(PASSPHRASE);
  await field('pass.repeat').fill('quatre mots sans lie');
  await button('pass.create').tap();
  await expect(page.getByRole('alert')).toHaveText(say('pass.mismatch'));
  await field('pass.repeat').fill(PASSPHRASE);
  await expect(page.getByText(say('pass.weak'))).toHaveCount(0);
  await picture(page, '03-passphrase-strong');
  await button('pass.create').tap();

  await expect(page.getByRole('heading', { name: say('words.title') })).toBeVisible();
  await picture(page, '04-words');
  const words = await page.getByRole('list', { name: say('words.list') }).locator('.word').allInnerTexts();
  expect(words).toHaveLength(12);
  await button('words.later').tap();
  await picture(page, '05-words-later');
  await page.keyboard.press('Escape');
  await button('words.noted').tap();

  const asked = page.getByRole('textbox');
  await expect(asked).toHaveCount(3);
  await picture(page, '06-words-confirm');
  for (const one of await asked.all()) await one.fill('abandon');
  await button('words.check').tap();
  await expect(page.getByRole('alert')).toBeVisible();
  await picture(page, '07-words-wrong');
  for (const one of await asked.all()) {
    const label = await one.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '');
    await one.fill(words[Number(label.match(/\d+/)?.[0]) - 1] ?? '');
  }
  await button('words.check').tap();
  await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
  await picture(page, '08-list-empty');
});

test('words that were postponed are recalled in the list', async ({ page, start, core, say, button }) => {
  await core.call('create_vault', { credential: 'passphrase', text: PASSPHRASE });
  await start();
  await expect(page.getByTestId('recovery-reminder')).toContainText(say('list.reminder'));
  await picture(page, '09-list-reminder');
  await button('list.reminderAct').tap();
  await expect(page.getByRole('heading', { name: say('newWords.title') })).toBeVisible();
});
