import { expect, test } from '../support/app';
import { pasteOrDrop } from '../support/paste-or-drop';
import { picture } from '../support/screen';
import { SECRETS } from '../support/vaults';
import { LANGS } from '../support/words';

/** The other screens' tests are in French. */
for (const lang of LANGS.filter((one) => one !== 'fr')) {
  test.describe(lang, () => {
    test.use({ lang });

    test('the list, the ways to add, a known entry and the settings', async ({ page, start, say, button, key, row }) => {
      await start();
      await key('demo').tap();
      await expect(row('demo').getByTestId('code')).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await picture(page, `75-${lang}-list`);
      await button('list.menu').tap();
      await button('menu.settings').tap();
      await picture(page, `76-${lang}-settings`);
      await button('common.back').tap();
      await button('list.add').tap();
      await picture(page, `77-${lang}-add`);
      await pasteOrDrop(page, 'paste', { text: `otpauth://totp/other:me?secret=${SECRETS.demo}&issuer=other` });
      await expect(page.getByTestId('known')).toHaveText(
        say('confirmEntry.sameSecret', { name: 'demo, john.doe - desksecurium' }),
      );
      await picture(page, `78-${lang}-known`);
    });

    test.describe('before the list', () => {
      test.use({ before: 'nothing' });

      test('the welcome and the passphrase', async ({ page, start, button, option }) => {
        await start();
        await picture(page, `79-${lang}-welcome`);
        await button('welcome.start').tap();
        await picture(page, `89-${lang}-protect`);
        await option('credential.passphrase').tap();
        await picture(page, `80-${lang}-passphrase`);
      });
    });

    test.describe('a damaged vault', () => {
      test.use({ before: 'closed', damage: 'truncated' });

      test('is explained', async ({ page, start, say }) => {
        await start();
        await expect(page.getByRole('heading', { name: say('damagedVault.title') })).toBeVisible();
        await picture(page, `81-${lang}-unreadable`);
      });
    });
  });
}
