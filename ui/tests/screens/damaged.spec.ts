import type { Core } from '../support/core';
import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { PASSPHRASE, unlock } from '../support/vaults';
import { LANGS } from '../support/words';

const NAME = 'Espace client, j.doe@example.ch';

/** An entry that cannot be read. */
async function damage(core: Core) {
  await core.replace(PASSPHRASE, '"digits":8', '"digits":5');
  await unlock(core);
}

test.use({ before: 'closed' });

for (const lang of LANGS) {
  test.describe(lang, () => {
    test.use({ lang });

    test('a damaged entry in the list, and its menu', async ({ page, start, core, button, key }) => {
      await damage(core);
      await start();
      await key('Espace client').tap();
      await expect(page.getByTestId('damaged')).toBeVisible();
      await picture(page, `170-damaged-list-${lang}`);
      await button('row.options', { name: NAME }).tap();
      await expect(page.getByRole('dialog')).toBeVisible();
      await picture(page, `171-damaged-menu-${lang}`);
    });

    test('the screen of a damaged entry, and its question', async ({ page, start, core, button }) => {
      await damage(core);
      await start();
      await button('row.options', { name: NAME }).tap();
      await button('menu.details').tap();
      await expect(page.getByText('digits', { exact: true })).toBeVisible();
      await picture(page, `172-damaged-${lang}`);
      await button('trash.act').tap();
      await expect(page.getByRole('dialog')).toBeVisible();
      await picture(page, `173-damaged-for-ever-${lang}`);
    });
  });
}

test.describe('in a narrow window', () => {
  test.use({ lang: 'de', viewport: { width: 320, height: 640 } });

  test('a damaged entry', async ({ page, start, core, button }) => {
    await damage(core);
    await start();
    await expect(page.getByTestId('damaged')).toBeVisible();
    await picture(page, '174-damaged-list-narrow');
    await button('row.options', { name: NAME }).tap();
    await button('menu.details').tap();
    await expect(page.getByText('digits', { exact: true })).toBeVisible();
    await picture(page, '175-damaged-narrow');
  });
});
