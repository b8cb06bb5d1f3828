import { expect, test } from './support/app';
import { PASSPHRASE, rows } from './support/vaults';

test.beforeEach(async ({ core }) => {
  for (const { id } of (await rows(core)).slice(0, 3)) await core.call('trash_entry', { id });
});

test('deletes one entry for good, then all', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.menu').tap();
  await button('menu.trash').tap();
  await expect(page.getByText(say('trash.daysLeft_other', { count: 30 }))).toHaveCount(3);
  const name = 'demo, john.doe - desksecurium';
  await button('trash.forEver', { name }).tap();
  await expect(page.getByRole('dialog', { name: say('trash.askOne', { name }) })).toBeVisible();
  await button('common.cancel').tap();
  expect(await rows(core, true)).toHaveLength(3);
  await button('trash.forEver', { name }).tap();
  await button('trash.act').tap();
  await expect(page.getByTestId('toast')).toContainText(say('trash.gone', { name }));
  await expect(page.getByTestId('trashed-row')).toHaveCount(2);
  await button('trash.emptyAct').tap();
  await expect(page.getByRole('dialog')).toContainText(say('trash.all_other', { count: 2 }));
  await button('trash.act').tap();
  await expect(page.getByText(say('trash.empty'))).toBeVisible();
  await expect(button('trash.emptyAct')).toHaveCount(0);
  expect(await rows(core, true)).toHaveLength(0);
  expect(await rows(core)).toHaveLength(3);
});

test('asks for a proof if the last one is too old', async ({ page, start, core, say, button, field }) => {
  core.refuseOnce('empty_trash', 'reauthRequired');
  await start();
  await button('list.menu').tap();
  await button('menu.trash').tap();
  await button('trash.emptyAct').tap();
  await button('trash.act').tap();
  await expect(page.getByRole('dialog', { name: say('reauth.title') })).toBeVisible();
  await button('common.cancel').last().tap();
  expect(await rows(core, true)).toHaveLength(3);
  core.refuseOnce('empty_trash', 'reauthRequired');
  await button('trash.act').tap();
  await field('passphrase.label').fill(PASSPHRASE);
  await button('reauth.confirm').tap();
  await expect(page.getByText(say('trash.empty'))).toBeVisible();
});
