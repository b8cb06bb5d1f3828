import type { Core } from './support/core';
import { expect, test } from './support/app';
import { PASSPHRASE, rows, unlock } from './support/vaults';

test.use({ before: 'closed', lang: 'en' });

const NAME = 'Espace client, j.doe@example.ch';

/** The only entry of eight digits. */
async function damage(core: Core) {
  await core.replace(PASSPHRASE, '"digits":8', '"digits":5');
  await unlock(core);
}

test('it is listed as damaged, shows no code, and leaves the others as they are', async ({ page, start, core, say, row, key }) => {
  await damage(core);
  await start();
  await expect(page.getByTestId('row')).toHaveCount(6);
  await expect(page.getByTestId('damaged-entries')).toHaveText(say('list.damaged_one'));
  await expect(row('Espace client').getByTestId('damaged')).toHaveText(say('kind.damaged'));
  await expect(page.getByTestId('damaged')).toHaveCount(1);
  await key('Espace client').tap();
  await expect(row('Espace client')).toContainText(say('row.damaged'));
  expect(core.asked.filter(({ cmd }) => cmd === 'reveal')).toEqual([]);
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toBeVisible();
  // The search finds its name.
  await page.getByRole('searchbox').fill('espace');
  await expect(page.getByTestId('row')).toHaveCount(1);
});

test('its menu and its screen offer nothing but to delete it', async ({ page, start, core, say, button, row }) => {
  await damage(core);
  await start();
  await button('row.options', { name: NAME }).tap();
  const menu = page.getByRole('dialog', { name: NAME });
  await expect(menu.getByRole('button')).toHaveText([say('menu.details'), say('trash.act'), say('common.close')]);
  await button('menu.details').tap();
  await expect(page.getByRole('heading', { name: say('damaged.title') })).toBeVisible();
  await expect(page.getByRole('main').getByText('j.doe@example.ch')).toBeVisible();
  await expect(page.getByText('digits', { exact: true })).toBeVisible();
  await button('trash.act').tap();
  await expect(page.getByRole('dialog', { name: say('trash.askOne', { name: NAME }) })).toBeVisible();
  await button('common.cancel').tap();
  expect(await rows(core)).toHaveLength(6);
  await button('common.back').tap();
  await expect(row('Espace client')).toBeVisible();
});

test('it is deleted for good, after a proof if the last one is too old', async ({ page, start, core, say, button, field, row }) => {
  await damage(core);
  await start();
  core.refuseOnce('delete_entry', 'reauthRequired');
  await button('row.options', { name: NAME }).tap();
  await button('menu.details').tap();
  await button('trash.act').tap();
  await page.getByRole('dialog').getByRole('button', { name: say('trash.act') }).tap();
  await field('passphrase.label').fill(PASSPHRASE);
  await button('reauth.confirm').tap();
  await expect(page.getByTestId('toast')).toContainText(say('trash.gone', { name: NAME }));
  await expect(page.getByTestId('row')).toHaveCount(5);
  await expect(row('Espace client')).toHaveCount(0);
  await expect(page.getByTestId('damaged-entries')).toHaveCount(0);
  expect(await rows(core, true)).toHaveLength(0);
});

test('it is deleted for good from its menu', async ({ page, start, core, button }) => {
  await damage(core);
  await start();
  await button('row.options', { name: NAME }).tap();
  await button('trash.act').tap();
  await button('trash.act').tap();
  await expect(page.getByTestId('row')).toHaveCount(5);
});

test('it cannot be moved, and other rows can be moved past it', async ({ page, start, core, button }) => {
  await damage(core);
  await start();
  await button('list.menu').tap();
  await button('menu.reorder').tap();
  await expect(page.getByTestId('reorder-row')).toHaveCount(6);
  await expect(button('order.handle', { name: NAME })).toHaveCount(0);
  await page.getByTestId('reorder-row').nth(1).getByRole('button').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect.poll(async () => (await rows(core)).map(({ issuer }) => issuer).slice(1, 3)).toEqual(['Espace client', 'demo']);
});
