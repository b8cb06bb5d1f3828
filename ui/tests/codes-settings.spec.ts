import { expect, test } from './support/app';
import { skipToLastSeconds } from './support/time';

test('with copy-on-touch off, a button copies the code', async ({ page, start, core, say, button, key, row }) => {
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await page.getByRole('switch', { name: say('codeSettings.copyOnTouch') }).tap();
  await expect(page.getByRole('switch', { name: say('codeSettings.copyOnTouch') })).not.toBeChecked();
  await button('common.back').tap();
  await key('demo').tap();
  const code = row('demo').getByTestId('code');
  await code.tap();
  await expect(row('demo').getByRole('status')).toBeEmpty();
  const shown = (await code.innerText()).replaceAll(' ', '');
  await button('codeSettings.copy').tap();
  await expect(row('demo').getByRole('status')).not.toBeEmpty();
  expect(await core.clipboard()).toBe(shown);
  expect(core.asked.filter(({ cmd }) => cmd === 'copy_code'), 'not by the touch').toHaveLength(1);
});

test('the next code is not offered if that is turned off', async ({ page, start, core, say, key, row }) => {
  await core.call('set_security_settings', { settings: { ...(await core.call<object>('security_settings')), offerNext: false } });
  await page.clock.install();
  await start();
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toBeVisible();
  await skipToLastSeconds(page);
  await expect(row('demo').getByText(/Expire/)).toBeVisible();
  await expect(row('demo').getByText(say('row.then'))).toHaveCount(0);
});
