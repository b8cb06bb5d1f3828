import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { skipToLastSeconds } from '../support/time';
import { addLink, SECRETS } from '../support/vaults';

test('the list, closed and open', async ({ page, start, key, row, button }) => {
  await start();
  await expect(key('demo')).toBeVisible();
  await picture(page, '10-list-closed');
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toBeVisible();
  await picture(page, '11-list-open');
  await row('demo').getByTestId('code').tap();
  await expect(row('demo').getByRole('status')).not.toBeEmpty();
  await picture(page, '12-list-copied');
  await key('Espace client').tap();
  await expect(row('Espace client').getByTestId('code')).toBeVisible();
  await picture(page, '13-list-eight-digits');
  await key('Société').tap();
  await expect(button('row.newCode')).toBeVisible();
  await picture(page, '14-list-counter');
  await button('row.newCode').tap();
  await expect(row('Société').getByTestId('code')).toBeVisible();
  await picture(page, '15-list-counter-code');
  await key('Steam').tap();
  await expect(row('Steam').getByTestId('code')).toBeVisible();
  await picture(page, '16-list-steam');
});

test('a code that is about to expire', async ({ page, start, key, row }) => {
  await page.clock.install();
  await start();
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toBeVisible();
  await skipToLastSeconds(page);
  await expect(row('demo').getByText(/Expire/)).toBeVisible();
  await picture(page, '17-list-expiring', () => page.clock.resume());
});

test('all codes shown', async ({ page, start, core }) => {
  const safety = await core.call<object>('security_settings');
  await core.call('set_security_settings', { settings: { ...safety, showAll: true } });
  await start();
  await expect(page.getByTestId('code')).toHaveCount(5);
  await picture(page, '18-list-all');
});

test.describe('names', () => {
  test.use({ before: 'empty' });

  test('as long as real ones get, and none', async ({ page, start, core, key, row }) => {
    const long =
      'Caisse cantonale vaudoise de compensation et de réadaptation:prenom.nom-de-famille-compose@administration-cantonale.example.ch';
    for (const [label, digits] of [[long, 10], ['', 7], ['demo - john.doe - desksecurium', 6]] as const) {
      await addLink(core, `otpauth://totp/${encodeURIComponent(label)}?secret=${SECRETS.demo}&digits=${digits}`);
    }
    await start();
    await key('Caisse cantonale').tap();
    await expect(row('Caisse cantonale').getByTestId('code')).toHaveText(/^\d{3} \d{3} \d{4}$/);
    await picture(page, '19-list-long-names');
  });
});

test('searching', async ({ page, start, say, button }) => {
  await start();
  const search = page.getByRole('searchbox', { name: say('list.search') });
  await search.fill('societe');
  await expect(page.getByTestId('row')).toHaveCount(1);
  await expect(page.locator('mark')).toHaveText('Société');
  await picture(page, '20-search-match');
  await search.fill('zzz');
  await expect(page.getByText(say('list.nothingFound'))).toBeVisible();
  await picture(page, '21-search-none');
  await button('list.clear').tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
});

test('the menus', async ({ page, start, say, button, row }) => {
  await start();
  await button('list.menu').tap();
  await expect(page.getByRole('dialog', { name: say('list.menu') })).toBeVisible();
  await picture(page, '22-menu');
  await button('common.close').tap();
  await row('demo').getByRole('button').last().tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, '23-row-menu');
});
