import { expect, test } from '../support/app';
import { pasteOrDrop } from '../support/paste-or-drop';
import { picture } from '../support/screen';
import { skipToLastSeconds } from '../support/time';
import { addLink, PASSPHRASE, SECRETS } from '../support/vaults';

/** The narrowest phone there is; also what 1280 pixels are at 400 %. */
test.use({ viewport: { width: 320, height: 568 } });

test.describe('first run', () => {
  test.use({ before: 'nothing' });

  test('first run', async ({ page, start, say, button, option, field }) => {
    await start();
    await picture(page, '64-narrow-welcome');
    await button('welcome.start').tap();
    await picture(page, '87-narrow-protect');
    await option('credential.device').tap();
    await picture(page, '88-narrow-no-code');
    await button('common.back').tap();
    await option('credential.passphrase').tap();
    await field('passphrase.label').fill(PASSPHRASE);
    await field('passphrase.repeat').fill(PASSPHRASE);
    await expect(button('passphrase.create')).toBeEnabled();
    await picture(page, '65-narrow-passphrase');
    await button('passphrase.create').tap();
    await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
    await picture(page, '66-narrow-words');
    await button('recoveryWords.later').tap();
    await picture(page, '67-narrow-words-later');
  });
});

test('the list, with a code of ten digits about to expire', async ({ page, start, core, key, row }) => {
  const label = 'Caisse cantonale vaudoise:prenom.nom-de-famille@administration.example.ch';
  await addLink(core, `otpauth://totp/${encodeURIComponent(label)}?secret=${SECRETS.demo}&digits=10`);
  await page.clock.install();
  await start();
  await key('Caisse').tap();
  await expect(row('Caisse').getByTestId('code')).toBeVisible();
  await skipToLastSeconds(page);
  await expect(row('Caisse').getByText(/Expire/)).toBeVisible();
  await picture(page, '68-narrow-expiring', () => page.clock.resume());
});

test('the list, with an open code and a counter', async ({ page, start, key, row, button }) => {
  await start();
  await key('CC Commerce').tap();
  await expect(row('CC Commerce').getByTestId('code')).toBeVisible();
  await picture(page, '69-narrow-list');
  await key('Société').tap();
  await button('row.newCode').tap();
  await expect(row('Société').getByTestId('code')).toBeVisible();
  await picture(page, '70-narrow-counter');
});

test('by hand', async ({ page, start, say, button }) => {
  await start();
  await button('list.add').tap();
  await picture(page, '71-narrow-add');
  await page.getByRole('button', { name: say('add.byHand') }).tap();
  await page.getByText(say('manualEntry.advanced')).tap();
  await picture(page, '72-narrow-by-hand');
  await page.getByLabel(say('manualEntry.period')).scrollIntoViewIfNeeded();
  await picture(page, '73-narrow-by-hand-below');
});

test('a known entry', async ({ page, start, button }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: `otpauth://totp/other:me?secret=${SECRETS.demo}&issuer=other` });
  await expect(page.getByTestId('known')).toBeVisible();
  await picture(page, '74-narrow-known');
});

test.describe('long words in large letters', () => {
  test.use({ lang: 'de' });

  test('groups, the order and the trash', async ({ page, start, core, say, button, row }) => {
    const label = 'Caisse cantonale vaudoise:prenom.nom-de-famille@administration.example.ch';
    const id = await addLink(core, `otpauth://totp/${encodeURIComponent(label)}?secret=${SECRETS.demo}`);
    for (const name of ['Sozialversicherungen', 'Zuhause']) await core.call('add_group', { name });
    const appearance = await core.call<object>('appearance');
    await core.call('set_appearance', { appearance: { ...appearance, textSize: 'larger', sort: 'name' } });
    await start();
    await page.getByRole('button', { name: 'Zuhause', exact: true }).tap();
    await expect(page.getByText(say('groups.empty'))).toBeVisible();
    await picture(page, '157-narrow-group-empty');
    await button('groups.manage').tap();
    await button('groups.remove', { name: 'Zuhause' }).tap();
    await picture(page, '158-narrow-groups');
    await button('common.done').tap();
    await button('groups.showAll').tap();
    await row('demo').getByRole('button').last().tap();
    await button('menu.groups').tap();
    await expect(page.getByRole('checkbox')).toHaveCount(2);
    await picture(page, '159-narrow-entry-groups');
    await button('common.done').tap();
    await button('list.menu').tap();
    await button('menu.reorder').tap();
    const handle = button('order.handle', { name: label.replace(':', ', ') });
    await expect(page.getByTestId('reorder-row').first()).toBeVisible();
    await page.getByRole('main').last().evaluate((main) => void (main.scrollTop = 1e9));
    await handle.tap();
    await picture(page, '160-narrow-order');
    await page.keyboard.press('Escape');
    await button('common.back').tap();
    await core.call('trash_entry', { id });
    await button('list.menu').tap();
    await button('menu.trash').tap();
    await expect(page.getByTestId('trashed-row')).toHaveCount(1);
    await picture(page, '161-narrow-trash');
    await page.getByTestId('trashed-row').getByRole('button').last().tap();
    await expect(page.getByRole('dialog')).toBeVisible();
    await picture(page, '162-narrow-for-ever');
  });
});
