import { expect, test } from './support/app';
import { PASSPHRASE } from './support/vaults';

type SecuritySettings = { showAll: boolean; lockAfterS: number };

test.beforeEach(async ({ start, button }) => {
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
});

test('a setting that protects less asks who it is, and is changed once that is shown', async ({ page, core, say, button, field }) => {
  const all = page.getByRole('switch', { name: say('settings.showAll') });
  const asked = page.getByRole('dialog', { name: say('reauth.title') });
  core.refuseOnce('set_security_settings', 'reauthRequired');
  await all.tap();
  await expect(asked).toBeVisible();
  await asked.getByRole('button', { name: say('common.cancel') }).tap();
  await expect(asked).toHaveCount(0);
  await expect(all).not.toBeChecked();
  expect(await core.call<SecuritySettings>('security_settings')).toMatchObject({ showAll: false });

  core.refuseOnce('set_security_settings', 'reauthRequired');
  await all.tap();
  await field('passphrase.label').fill(PASSPHRASE);
  await button('reauth.confirm').tap();
  await expect(asked).toHaveCount(0);
  await expect(all).toBeChecked();
  expect(await core.call<SecuritySettings>('security_settings')).toMatchObject({ showAll: true });
});

test('a choice from a list stands as it was where the question is left', async ({ page, core, say }) => {
  const lock = page.getByRole('combobox', { name: say('settings.lock'), exact: true });
  const asked = page.getByRole('dialog', { name: say('reauth.title') });
  await expect(lock).toHaveValue('60');
  core.refuseOnce('set_security_settings', 'reauthRequired');
  await lock.selectOption('900');
  await expect(asked).toBeVisible();
  await asked.getByRole('button', { name: say('common.cancel') }).tap();
  await expect(lock).toHaveValue('60');
  expect(await core.call<SecuritySettings>('security_settings')).toMatchObject({ lockAfterS: 60 });
});
