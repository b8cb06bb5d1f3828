import { expect, test } from '../support/app';
import { qrFile } from '../support/qr';
import { pasteOrDrop } from '../support/paste-or-drop';
import { picture } from '../support/screen';
import { SECRETS } from '../support/vaults';

const LINK = 'otpauth://totp/Portail:jeanne.rochat?issuer=Portail&secret=';

test('each way to add', async ({ page, start, say, button, field }) => {
  await start();
  await button('list.add').tap();
  await expect(page.getByRole('heading', { name: say('add.title') })).toBeVisible();
  await picture(page, '24-add');
  await page.getByRole('button', { name: say('add.link') }).tap();
  await picture(page, '25-link');
  await button('common.back').tap();
  await page.getByRole('button', { name: say('add.byHand') }).tap();
  await picture(page, '26-by-hand');
  await page.getByText(say('manualEntry.advanced')).tap();
  await page.getByLabel(say('manualEntry.kind')).selectOption({ label: say('kind.hotp') });
  await expect(field('manualEntry.counter')).toHaveValue('0');
  await expect(page.getByLabel(say('manualEntry.kind')).locator('option:checked')).toHaveText(say('kind.hotp'));
  await picture(page, '27-by-hand-advanced');
});

test('a new entry, up to its first code', async ({ page, start, say, button, field }) => {
  await start();
  await button('list.add').tap();
  await page.getByRole('button', { name: say('add.link') }).tap();
  await field('pasteLink.label').fill(`${LINK}PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F`);
  await button('common.continue').tap();
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await picture(page, '28-confirm');
  await button('confirmEntry.save').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  await picture(page, '29-saved');
  await page.getByText(say('saved.refusedTitle')).tap();
  await picture(page, '30-saved-refused');
});

const NOTED = [
  ['31-confirm-same', `otpauth://totp/demo:john.doe%20-%20desksecurium?issuer=demo&secret=${SECRETS.demo}`],
  ['32-confirm-same-secret', `${LINK}${SECRETS.demo}`],
  ['33-confirm-short', `${LINK}JBSWY3DPEHPK3PXP`],
] as const;
for (const [name, link] of NOTED) {
  test(name.slice(3), async ({ page, start, say, button, field }) => {
    await start();
    await button('list.add').tap();
    await page.getByRole('button', { name: say('add.link') }).tap();
    await field('pasteLink.label').fill(link);
    await button('common.continue').tap();
    await expect(page.getByTestId(name.endsWith('short') ? 'hint' : 'known')).toBeVisible();
    await picture(page, name);
  });
}

test('several codes at once, one of them refused', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  const lines = [
    `${LINK}PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F`,
    `otpauth://totp/demo:john.doe%20-%20desksecurium?issuer=demo&secret=${SECRETS.demo}`,
    'oktaverify://example.okta.com/enroll',
  ].join('\n');
  await pasteOrDrop(page, 'paste', { text: lines });
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  await picture(page, '34-pick');
  expect(core.asked.filter(({ cmd }) => cmd === 'import_text')).toHaveLength(1);
});

test('what the add screen says when it fails', async ({ page, start, say, button }) => {
  await start();
  await button('list.add').tap();
  await page.getByLabel(say('add.picture')).setInputFiles(qrFile('https://www.example.ch/menu'));
  await expect(page.getByRole('alert')).toHaveText(say('error.webAddress'));
  await picture(page, '35-add-refused');
  const text = { name: 'code.png', mimeType: 'image/png', buffer: Buffer.from('bonjour') };
  await page.getByLabel(say('add.picture')).setInputFiles(text);
  await expect(page.getByRole('alert')).toHaveText(say('error.notAPicture'));
  await picture(page, '36-add-no-picture');
});

test('what manual entry says about a wrong secret', async ({ page, start, say, button, field }) => {
  await start();
  await button('list.add').tap();
  await page.getByRole('button', { name: say('add.byHand') }).tap();
  await field('manualEntry.issuer').fill('Portail');
  await field('manualEntry.secret').fill('JBSW Y3DP 1HPK');
  await button('common.continue').tap();
  await expect(page.getByRole('alert')).toBeVisible();
  await picture(page, '37-by-hand-wrong');
});
