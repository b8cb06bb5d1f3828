import { expect, test } from './support/app';
import { picture } from './support/screen';
import { fitsWidth } from './support/fits-width';
import { LANGS } from './support/words';

for (const lang of LANGS) {
  test.describe(lang, () => {
    test.use({ lang, viewport: { width: 320, height: 640 } });

    test('help and licences fit the narrowest phone', async ({ page, start, button, option }) => {
      await start();
      await button('list.menu').tap();
      await button('help.title').tap();
      await expect(page.locator('summary')).toHaveCount(7);
      for (const topic of await page.locator('summary').all()) await topic.click();
      await expect(page.locator('main.screen')).not.toContainText('{{');
      await fitsWidth(page, 'help');
      await button('common.back').tap();
      await button('list.menu').tap();
      await button('menu.settings').tap();
      await expect(page.getByRole('combobox').first()).toBeVisible();
      await fitsWidth(page, 'settings');
      await option('licences.title').tap();
      await expect(page.locator('summary').first()).toBeVisible();
      await fitsWidth(page, 'licences');
    });
  });
}

test('the help names the buttons as they are called', async ({ page, start, say, button }) => {
  await start();
  await button('list.menu').tap();
  await button('help.title').tap();
  await page.locator('summary').first().click();
  await expect(page.getByText(`«\u202f${say('add.scan')}\u202f»`)).toBeVisible();
  await picture(page, '90-help');
});

test.describe('an empty list', () => {
  test.use({ before: 'empty' });

  test('offers the help', async ({ page, start, say, button }) => {
    await start();
    await button('help.title').tap();
    await expect(page.getByRole('heading', { name: say('help.title') })).toBeFocused();
  });
});

test('a licence is searched and read', async ({ page, start, say, button, option }) => {
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await option('licences.title').tap();
  const search = page.getByRole('searchbox', { name: say('licences.search') });
  await search.fill('zzz');
  await expect(page.getByText(say('licences.none'))).toBeVisible();
  await search.fill('svelte');
  await page.locator('summary').filter({ hasText: 'svelte 5' }).click();
  await expect(page.getByText('Permission is hereby granted')).toBeVisible();
  await picture(page, '91-licences');
});
