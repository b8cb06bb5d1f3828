import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { picture } from './support/screen';
import { PASSPHRASE, rows } from './support/vaults';

test('an entry is shown as a QR code after a proof, and read from the screen as the same entry', async ({
  page,
  start,
  core,
  say,
  button,
  field,
  row,
}) => {
  core.refuseOnce('export_qr', 'reauthRequired');
  await start();
  await row('demo').getByRole('button', { name: /Options/ }).tap();
  await button('qr.menu').tap();
  const drawing = page.getByRole('img', { name: say('qr.alt', { name: 'demo, john.doe - desksecurium' }) });
  await expect(page.getByRole('dialog', { name: say('reauth.title') })).toBeVisible();
  await expect(drawing).toHaveCount(0);
  await field('passphrase.label').fill(PASSPHRASE);
  await button('reauth.confirm').tap();
  await expect(drawing).toBeVisible();
  await picture(page, '120-qr');
  const png = await drawing.screenshot();
  await button('common.back').tap();
  await expect(drawing).toHaveCount(0);

  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { png });
  await expect(page.getByTestId('known')).toHaveText(say('confirmEntry.same', { name: 'demo, john.doe - desksecurium' }));
  expect(await rows(core)).toHaveLength(6);
});

test('who does not want to prove who they are is back where they were', async ({ page, start, core, say, button, row }) => {
  core.refuse('export_qr', 'reauthRequired');
  await start();
  await row('demo').getByRole('button', { name: /Options/ }).tap();
  await button('menu.details').tap();
  await button('qr.menu').tap();
  await page.getByRole('dialog', { name: say('reauth.title') }).getByRole('button', { name: say('common.cancel') }).tap();
  await expect(page.getByRole('heading', { name: say('details.title') })).toBeVisible();
  await expect(page.getByRole('img')).toHaveCount(0);
});
