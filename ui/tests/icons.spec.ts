import { expect, test } from './support/app';
import { addLink, rows, SECRETS } from './support/vaults';

test.use({ before: 'empty' });

const link = (issuer: string) =>
  `otpauth://totp/${encodeURIComponent(`${issuer}:jeanne`)}?secret=${SECRETS.demo}&issuer=${encodeURIComponent(issuer)}`;

test('a known issuer has its icon, any other a letter', async ({ start, core, row }) => {
  await addLink(core, link('GitHub, Inc.'));
  await addLink(core, link('Caisse'));
  await start();
  await expect(row('GitHub').locator('.tile svg')).toBeVisible();
  await expect(row('Caisse').locator('.tile')).toHaveText('C');
});

test('an icon is searched, chosen and taken away, by keyboard alone', async ({ page, start, core, say, button, row }) => {
  await addLink(core, link('Caisse'));
  const icon = async () => (await rows(core))[0]?.icon;
  const enter = async (key: string) => {
    await button(key).focus();
    await page.keyboard.press('Enter');
  };
  const choose = async () => {
    await page.getByRole('button', { name: say('icon.label') }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: say('icon.title') })).toBeVisible();
  };
  const open = async () => {
    await row('Caisse').getByRole('button').last().focus();
    await page.keyboard.press('Enter');
    await enter('menu.edit');
    await choose();
  };

  await start();
  await open();
  await page.keyboard.press('Tab');
  await page.getByRole('searchbox', { name: say('icon.search') }).focus();
  await page.keyboard.type('zzz');
  await expect(page.getByText(say('icon.none'))).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('hétz');
  await expect(page.getByRole('radio')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Hetzner' })).toBeChecked();
  await enter('common.done');
  await enter('common.save');
  await expect(row('Caisse').locator('.tile svg')).toBeVisible();
  expect(await icon()).toBe('hetzner');

  await open();
  await page.getByRole('radio', { name: 'Hetzner' }).focus();
  await page.getByRole('radio', { name: say('icon.byIssuer') }).press('ArrowDown');
  await expect(page.getByRole('radio', { name: say('icon.letter') })).toBeChecked();
  await enter('common.done');
  await enter('common.save');
  await expect(row('Caisse').locator('.tile')).toHaveText('C');
  expect(await icon()).toBe('none');
});
