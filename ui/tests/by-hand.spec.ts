import { expect, test } from './support/app';
import { totpBetween } from './support/oathtool';
import { picture } from './support/screen';

const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
const LINK = `otpauth://totp/Portail:jeanne.rochat?secret=${SECRET}&issuer=Portail`;
/** Base32 and hexadecimal. */
const BOTH = 'ABCD EF23 4567 ABCD EF23';

test.beforeEach(async ({ page, start, say, button, option }) => {
  await start();
  await button('list.add').tap();
  await option('add.byHand').tap();
  await expect(page.getByRole('heading', { name: say('manualEntry.title') })).toBeVisible();
});

test('a link in the secret field is read as a link, and typed names fill its empty names', async ({
  page,
  say,
  button,
  field,
}) => {
  await field('manualEntry.issuer').fill('Banque');
  await field('manualEntry.account').fill('carte');
  await field('manualEntry.secret').fill(`Lien : ${LINK}`);
  await button('common.continue').tap();
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await expect(field('manualEntry.issuer')).toHaveValue('Portail');
  await expect(field('manualEntry.account')).toHaveValue('jeanne.rochat');
  await button('common.back').tap();

  await field('manualEntry.secret').fill(`otpauth://totp/?secret=${SECRET}`);
  await button('common.continue').tap();
  await expect(field('manualEntry.issuer')).toHaveValue('Banque');
  await expect(field('manualEntry.account')).toHaveValue('carte');
});

test('a broken link reports its problem', async ({ page, say, button, field }) => {
  await field('manualEntry.secret').fill('otpauth://totp/Portail?issuer=Portail');
  await button('common.continue').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.secretMissing'));
});

test('for a secret that is valid in two alphabets the user chooses one, and reviews the entry before saving', async ({
  page,
  say,
  button,
  field,
}) => {
  const dialog = page.getByRole('dialog', { name: say('manualEntry.alphabetTitle') });
  await field('manualEntry.secret').fill(BOTH);
  await button('common.continue').tap();
  await expect(dialog).toBeVisible();
  expect(await dialog.textContent(), 'the question does not repeat the key').not.toMatch(/ABCD/);
  await picture(page, '27-by-hand-alphabet');
  await button('common.cancel').tap();
  await expect(dialog).toHaveCount(0);
  await expect(field('manualEntry.secret')).toHaveValue(BOTH);

  await button('common.continue').tap();
  await button('manualEntry.hex').tap();
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await expect(page.locator('[data-hint=secretHex]')).toHaveText(say('warning.secretHex'));
  await picture(page, '27-by-hand-hexadecimal');
  await button('common.back').tap();
  await expect(field('manualEntry.secret')).toHaveValue('');

  await field('manualEntry.secret').fill(BOTH);
  await button('common.continue').tap();
  await button('manualEntry.base32').tap();
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await expect(page.locator('[data-hint=secretHex]')).toHaveCount(0);
});

test('a secret in hexadecimal gives the codes of its bytes', async ({ page, say, button, field }) => {
  const hex = '7862656C 6F6E6720 77686F6D 73746F72 79637365';
  await field('manualEntry.issuer').fill('Portail');
  await field('manualEntry.secret').fill(`Setup key - ${hex}`);
  await button('common.continue').tap();
  await expect(page.locator('[data-hint=secretHex]')).toBeVisible();
  await button('confirmEntry.save').tap();
  await expect(page.getByRole('heading', { name: say('saved.title') })).toBeVisible();
  const from = Date.now();
  const shown = (await page.getByTestId('code').innerText()).replace(' ', '');
  expect(totpBetween({ secret: SECRET }, from - 30_000, Date.now())).toContain(shown);
});
