import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { qrFile } from './support/qr';
import { picture } from './support/screen';
import { transfer } from './support/transfer';
import { rows } from './support/vaults';

const batch = (index: number) => transfer([`Banque:a${index}`, `Poste:b${index}`], index, 3);

test('the codes of a transfer in any order, then all accounts at once', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: batch(1) });
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  const series = page.getByTestId('batch');
  await expect(series).toContainText(say('batch.read', { read: 1, size: 3 }));
  await expect(series).toContainText(say('batch.missing_other', { missing: '1 et 3' }));
  await picture(page, '96-series');
  for (const index of [0, 1, 2]) {
    await button('reviewImport.scanMore').tap();
    await expect(series).toBeVisible();
    await page.getByLabel(say('scanner.picture')).setInputFiles(qrFile(batch(index)));
    await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  }
  await expect(series).toHaveText(say('batch.read', { read: 3, size: 3 }));
  await expect(button('reviewImport.scanMore')).toHaveCount(0);
  await page.getByRole('button', { name: say('reviewImport.saveAll_other', { count: 6 }) }).tap();
  await expect(page.getByText(say('reviewImport.saved_other', { count: 6 }))).toBeVisible();
  const saved = (await rows(core)).map(({ issuer, account }) => `${issuer} ${account}`);
  expect(saved.slice(-6).sort()).toEqual(['Banque a0', 'Banque a1', 'Banque a2', 'Poste b0', 'Poste b1', 'Poste b2']);
});

test('a step back from the scanner leads to what was read of a transfer', async ({ page, start, say, button }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: batch(2) });
  await button('reviewImport.scanMore').tap();
  await expect(page.getByTestId('batch')).toBeVisible();
  await button('common.back').tap();
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  await expect(page.getByRole('button', { name: /Poste/ })).toBeVisible();
});

test('exact duplicates are not saved again with the others', async ({ page, start, core, say, button }) => {
  await start();
  const before = (await rows(core)).length;
  for (const names of [['Banque:a'], ['Banque:a', 'Banque:b', 'Banque:c']]) {
    await button('list.add').tap();
    await pasteOrDrop(page, 'paste', { text: transfer(names) });
    if (names.length > 1) await page.getByRole('button', { name: say('reviewImport.saveAll_other', { count: 2 }) }).tap();
    else {
      await button('confirmEntry.save').tap();
      await button('common.done').tap();
    }
  }
  await expect(page.getByTestId('row')).toHaveCount(before + 3);
});

test('another code during a transfer is added to what was read of it', async ({ page, start, say, button }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: batch(0) });
  await button('reviewImport.scanMore').tap();
  const other = 'otpauth://totp/Portail:moi?secret=PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F&issuer=Portail';
  await page.getByLabel(say('scanner.picture')).setInputFiles(qrFile(other));
  for (const name of [/Banque/, /Poste/, /Portail/]) await expect(page.getByRole('button', { name })).toBeVisible();
  await expect(page.getByTestId('batch')).toContainText(say('batch.read', { read: 1, size: 3 }));
});

test('an entry that occurs twice is offered once', async ({ page, start, button }) => {
  await start();
  await button('list.add').tap();
  const link = (name: string) => `otpauth://totp/${name}:moi?secret=PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F&issuer=${name}`;
  await pasteOrDrop(page, 'paste', { text: [link('Portail'), link('Portail'), link('Autre')].join('\n') });
  for (const name of [/Portail/, /Autre/]) await expect(page.getByRole('button', { name })).toHaveCount(1);
});
