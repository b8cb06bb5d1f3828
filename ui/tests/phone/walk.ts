import { expect, type Locator, type Page } from '@playwright/test';
import { text } from '../support/words';

const PASSPHRASE = 'bateau lampe orage tilleul';
export const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
export const LINK = `otpauth://totp/Check:jane?secret=${SECRET}&issuer=Check`;

const button = (page: Page, key: string) => page.getByRole('button', { name: text('en', key), exact: true });

/** From the welcome to the empty list, with a passphrase; the recovery words are postponed. */
export async function firstRun(page: Page): Promise<void> {
  await button(page, 'welcome.start').click();
  // A device that stores no secrets offers no choice.
  const passphrase = page.getByRole('textbox', { name: text('en', 'passphrase.label'), exact: true });
  const way = page.getByRole('button', { name: new RegExp(`^${text('en', 'credential.passphrase')}`) });
  await expect(passphrase.or(way)).toBeVisible();
  if (await way.isVisible()) await way.click();
  await passphrase.fill(PASSPHRASE);
  await page.getByRole('textbox', { name: text('en', 'passphrase.repeat') }).fill(PASSPHRASE);
  await button(page, 'passphrase.create').click();
  await button(page, 'recoveryWords.later').click();
  await button(page, 'recoveryWords.laterConfirm').click();
  await expect(button(page, 'list.add')).toBeVisible();
}

/** From the saved entry to the list, where it touches the key. Returns the present and the next code. */
export async function touchKey(page: Page): Promise<[Locator, Locator]> {
  await button(page, 'common.done').click();
  const row = page.getByTestId('row');
  await row.getByRole('button', { expanded: false }).first().click();
  const code = row.getByTestId('code');
  await expect(code).toBeVisible();
  return [code, row.locator('.next')];
}

/** From the draft to the saved entry. Returns its code. */
export async function save(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: text('en', 'confirmEntry.title') })).toBeVisible();
  await button(page, 'confirmEntry.save').click();
  await expect(page.getByRole('heading', { name: text('en', 'saved.title') })).toBeVisible();
  return (await page.getByTestId('saved-entry').getByTestId('code').innerText()).replaceAll(/\s/g, '');
}
