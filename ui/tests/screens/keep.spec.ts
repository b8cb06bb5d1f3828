import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { PASSPHRASE, rows } from '../support/vaults';

test('details, edit, delete and undo', async ({ page, start, core, say, button, field, row, key }) => {
  await start();
  await key('demo').tap();
  await row('demo').getByRole('button', { name: /Options/ }).tap();
  await button('menu.details').tap();
  await expect(page.getByText(say('fact.created'))).toBeVisible();
  await picture(page, '38-details');
  await button('details.edit').tap();
  await field('edit.note').fill('Carte de la caisse.\nDeuxième ligne.');
  await page.getByRole('switch', { name: say('edit.favourite') }).tap();
  await picture(page, '39-edit');
  await button('common.save').tap();
  await expect(page.getByText(say('toast.saved'))).toBeVisible();
  await expect(page.getByTestId('row').first()).toContainText('demo');
  await expect(row('demo').getByRole('img', { name: say('row.favourite') })).toBeVisible();

  await row('demo').getByRole('button', { name: /Options/ }).tap();
  await button('menu.delete').tap();
  await expect(row('demo')).toHaveCount(0);
  await picture(page, '40-trashed');
  await button('common.undo').tap();
  await expect(row('demo')).toBeVisible();
  expect(await rows(core)).toHaveLength(6);
});

test('the trash', async ({ page, start, core, say, button, row }) => {
  const gone = (await rows(core)).slice(0, 2);
  for (const { id } of gone) await core.call('trash_entry', { id });
  await start();
  await button('list.menu').tap();
  await button('menu.trash').tap();
  await expect(page.getByTestId('trashed-row')).toHaveCount(2);
  await picture(page, '41-trash');
  await button('trash.restoreLabel', { name: 'CC Commerce Suisse, john.doe' }).tap();
  // The other row moves into its place: a touch on the way there would meet neither.
  await expect(page.getByTestId('trashed-row')).toHaveCount(1);
  await button('trash.restoreLabel', { name: 'demo, john.doe - desksecurium' }).tap();
  await expect(page.getByText(say('trash.empty'))).toBeVisible();
  await picture(page, '42-trash-empty');
  await button('common.back').tap();
  await expect(row('CC Commerce')).toBeVisible();
});

test('settings', async ({ page, start, say, button }) => {
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await expect(page.getByRole('heading', { name: say('settings.title') })).toBeVisible();
  await picture(page, '43-settings');
  await page.getByText(say('settings.version')).scrollIntoViewIfNeeded();
  await picture(page, '44-settings-below');
});

test('language and theme are changed at once, and kept', async ({ page, start, say, button }) => {
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await paper();
  await page.getByLabel(say('settings.theme')).selectOption({ label: say('settings.dark') });
  await expect.poll(paper).not.toBe(before);
  await expect(page.getByLabel(say('settings.theme')).locator('option:checked')).toHaveText(say('settings.dark'));
  const dark = await paper();
  await page.getByLabel(say('settings.language')).selectOption({ label: 'English' });
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeVisible();
  expect(await paper()).toBe(dark);
});

test('new recovery words ask for a proof', async ({ page, start, core, say, button, option, field }) => {
  core.refuseOnce('draft_recovery_words', 'reauthRequired');
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await option('settings.opening').tap();
  await page.getByRole('button', { name: say('unlockMethods.act', { act: say('unlockMethods.renew'), way: say('credential.recovery') }) }).tap();
  await button('common.continue').tap();
  await expect(page.getByRole('dialog', { name: say('reauth.title') })).toBeVisible();
  await picture(page, '46-reauth');
  await field('passphrase.label').fill('autre chose');
  await button('reauth.confirm').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.credentialRejected'));
  await expect(field('passphrase.label')).toBeFocused();
  await picture(page, '47-reauth-wrong');
  await field('passphrase.label').fill(PASSPHRASE);
  await button('reauth.confirm').tap();
  await expect(page.getByRole('list', { name: say('recoveryWords.list') }).getByRole('listitem')).toHaveCount(12);
});
