import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { drawParts } from './support/structured-append';
import { drawQr, png, qrFile, stack } from './support/qr';
import { picture } from './support/screen';
import { transfer } from './support/transfer';
import { rows } from './support/vaults';

const TEXT =
  'otpauth://totp/Caisse:eva?secret=PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F&issuer=Caisse&algorithm=SHA1&digits=6&period=30';

test('a text on two codes is read once both are there, and nothing of it before', async ({
  page,
  start,
  core,
  say,
  button,
}) => {
  await start();
  const before = (await rows(core)).length;
  const [one, two] = drawParts(TEXT, 2).map(png);
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { png: two! });
  const part = page.getByText(say('error.partsMissing', { count: 2, read: '2', missing: '1' }));
  await expect(part).toBeVisible();
  await expect(page.getByRole('heading', { name: say('add.refusedTitle') })).toHaveCount(0);
  await picture(page, '165-part-of-a-code');
  await pasteOrDrop(page, 'paste', { png: one! });
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await expect(part).toHaveCount(0);
  await button('confirmEntry.save').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  expect(await rows(core)).toHaveLength(before + 1);
});

test('both parts in one picture are one entry', async ({ page, start, say, button }) => {
  await start();
  const [one, two] = drawParts(TEXT, 2);
  await button('list.add').tap();
  await pasteOrDrop(page, 'drop', { png: png(stack(two!, one!)) });
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
});

test('pictures that are dropped together are all read', async ({ page, start, say, button }) => {
  await start();
  const [one, two] = drawParts(TEXT, 2).map(png);
  await button('list.add').tap();
  const other = png(drawQr('otpauth://totp/Poste:eva?secret=MFRGGZDFMZTWQ2LK&issuer=Poste'));
  await pasteOrDrop(page, 'drop', { png: [two!, other, one!] });
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  for (const name of [/Caisse/, /Poste/]) await expect(page.getByRole('button', { name })).toHaveCount(1);
  await expect(page.getByRole('heading', { name: say('add.refusedTitle') })).toHaveCount(0);
});

test('two transfers without an id are told apart, and which codes are missing', async ({ page, start, say, button }) => {
  await start();
  const batch = (name: string, index: number) => transfer([`${name}:${name}${index}`], index, 2, 1, 0);
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: [batch('Banque', 0), batch('Poste', 0)].join('\n') });
  const series = page.getByTestId('batch');
  await expect(series).toContainText(say('batch.read', { read: 2, size: 4 }));
  await expect(series).toContainText(say('batch.missing_one', { missing: '2' }));
  await expect(series).toContainText(say('batch.mixed_one', { mixed: '1' }));
  await picture(page, '166-mixed-series');
  for (const name of ['Banque', 'Poste']) {
    await button('reviewImport.scanMore').tap();
    await page.getByLabel(say('scanner.picture')).setInputFiles(qrFile(batch(name, 1)));
    await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  }
  await expect(series).toContainText(say('batch.read', { read: 4, size: 4 }));
  await expect(button('reviewImport.scanMore')).toHaveCount(0);
  await expect(page.getByRole('button', { name: say('reviewImport.saveAll_other', { count: 4 }) })).toBeVisible();
});
