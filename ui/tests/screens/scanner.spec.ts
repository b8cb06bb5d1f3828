import { expect } from '../support/app';
import { test } from '../support/camera';
import { matchesRoleSnapshot } from '../support/role-snapshot';

/** The accessible roles and names of the scanner. */
for (const lang of ['fr', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang });

    test.describe('a camera that sees no key', () => {
      test.use({ film: 'https://www.example.ch/menu' });

      test('the scanner', async ({ page, start, say, button }) => {
        await start();
        await button('list.scan').tap();
        await expect(page.getByRole('alert')).toHaveText(say('error.webAddress'), { timeout: 20_000 });
        await matchesRoleSnapshot(page, `${lang}-scanner`);
      });
    });

    test.describe('no camera', () => {
      test.use({ film: null });

      test('the scanner', async ({ page, start, button }) => {
        await start();
        await button('list.scan').tap();
        await expect(page.getByRole('alert')).toBeVisible({ timeout: 20_000 });
        await matchesRoleSnapshot(page, `${lang}-scanner-absent`);
      });
    });
  });
}
