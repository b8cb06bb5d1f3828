import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { recordAutoLockHolds } from './support/auto-lock-hold';
import { hotp, totpBetween } from './support/oathtool';
import { drawQr, png, qrFile } from './support/qr';
import { rows, SECRETS } from './support/vaults';

const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
const LINK = `otpauth://totp/Portail:jeanne.rochat?secret=${SECRET}&issuer=Portail`;

type Ways = Record<string, (page: Page, say: (key: string) => string) => Promise<void>>;

/** All ways from the add screen to the confirmation of the same entry. */
const WAYS: Ways = {
  async link(page, say) {
    await page.getByRole('button', { name: say('add.link') }).tap();
    await page.getByRole('textbox', { name: say('pasteLink.label') }).fill(`  ${LINK}\n`);
    await page.getByRole('button', { name: say('common.continue') }).tap();
  },
  'pasted text': (page) => pasteOrDrop(page, 'paste', { text: LINK }),
  'pasted picture': (page) => pasteOrDrop(page, 'paste', { png: png(drawQr(LINK)) }),
  'dropped picture': (page) => pasteOrDrop(page, 'drop', { png: png(drawQr(LINK)) }),
  'dropped text': (page) => pasteOrDrop(page, 'drop', { text: LINK }),
  'picture file': (page, say) => page.getByLabel(say('add.picture')).setInputFiles(qrFile(LINK)),
  async 'by hand'(page, say) {
    await page.getByRole('button', { name: say('add.byHand') }).tap();
    await page.getByRole('textbox', { name: say('manualEntry.issuer') }).fill('Portail');
    await page.getByRole('textbox', { name: say('manualEntry.account') }).fill(' jeanne.rochat ');
    const typed = SECRET.toLowerCase().replace(/(.{4})/g, '$1 ');
    await page.getByRole('textbox', { name: say('manualEntry.secret'), exact: true }).fill(typed);
    await page.getByRole('button', { name: say('common.continue') }).tap();
  },
};

for (const [way, add] of Object.entries(WAYS)) {
  test(`${way}, up to the live code and the list`, async ({ page, start, core, say, button, field, row }) => {
    await start();
    await button('list.add').tap();
    await expect(page.getByRole('heading', { name: say('add.title') })).toBeVisible();
    await add(page, say);
    await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
    await expect(field('manualEntry.issuer')).toHaveValue('Portail');
    await expect(field('manualEntry.account')).toHaveValue('jeanne.rochat');
    expect(await rows(core), 'nothing is saved before it is confirmed').toHaveLength(6);

    await button('confirmEntry.save').tap();
    await expect(page.getByRole('heading', { name: say('saved.title') })).toBeVisible();
    const from = Date.now();
    const shown = (await page.getByTestId('code').innerText()).replace(' ', '');
    expect(totpBetween({ secret: SECRET }, from - 30_000, Date.now())).toContain(shown);
    await button('common.done').tap();
    await expect(row('Portail')).toContainText('jeanne.rochat');
    await expect(page.getByTestId('code')).toHaveCount(0);
    expect(await rows(core)).toHaveLength(7);
  });
}

test('a pasted secret key opens manual entry, filled in', async ({ page, start, core, say, button, field }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: SECRET.toLowerCase().replace(/(.{4})/g, '$1 ') });
  await expect(page.getByRole('heading', { name: say('manualEntry.title') })).toBeVisible();
  await field('manualEntry.issuer').fill('Portail');
  await button('common.continue').tap();
  await button('confirmEntry.save').tap();
  await expect(page.getByRole('heading', { name: say('saved.title') })).toBeVisible();
  expect(await rows(core)).toHaveLength(7);
  // The next visit begins empty.
  await button('common.done').tap();
  await button('list.add').tap();
  await page.getByRole('button', { name: say('add.byHand') }).tap();
  await expect(page.getByRole('textbox', { name: say('manualEntry.secret'), exact: true })).toHaveValue('');
});

test('two links in one text become two entries, and no name contains a part of a link', async ({ page, start, core, button }) => {
  await start();
  await button('list.add').tap();
  const other = LINK.replaceAll('Portail', 'Caisse');
  await pasteOrDrop(page, 'paste', { text: `${LINK} ${other}` });
  await button('reviewImport.saveAll_other', { count: 2 }).tap();
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect.poll(async () => (await rows(core)).length).toBe(8);
  expect(JSON.stringify(await rows(core))).not.toContain(SECRET);
});

test('the review of several entries warns of names that imitate an existing entry', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  const link = (label: string, issuer: string, secret = SECRET) => `otpauth://totp/${label}?secret=${secret}&issuer=${issuer}`;
  const text = [
    link('demo:john.doe%20-%20desksecurium', 'demo'),
    link('Nouveau:jane', 'Nouveau', SECRETS.demo),
    // A Cyrillic letter.
    link('G%D0%BEogle:jane', 'G%D0%BEogle', SECRETS.client.toLowerCase().replace('k', 'j')),
    link('Caisse:jane', 'Caisse', SECRETS.connect.replace('N', 'O')),
  ];
  await pasteOrDrop(page, 'paste', { text: text.join('\n') });
  await expect(page.getByTestId('same-names')).toHaveText(say('reviewImport.sameNames_one', { count: 1 }));
  const drafts = page.locator('.options button');
  await expect(drafts).toHaveCount(4);
  await expect(drafts.filter({ hasText: 'demo' })).toContainText(say('reviewImport.sameName'));
  await expect(drafts.filter({ hasText: 'Nouveau' })).toContainText(say('reviewImport.sameSecret'));
  await expect(drafts.filter({ hasText: 'ogle' })).toContainText(say('reviewImport.check'));
  for (const mark of ['reviewImport.known', 'reviewImport.sameName', 'reviewImport.sameSecret', 'reviewImport.check']) {
    await expect(drafts.filter({ hasText: 'Caisse' })).not.toContainText(say(mark));
  }
  expect(await rows(core)).toHaveLength(6);
});

test('two thousand links are rendered in steps and saved together', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  const link = (n: number) => `otpauth://totp/Portail:numero-${n}?secret=${SECRET}&issuer=Portail`;
  await pasteOrDrop(page, 'paste', { text: Array.from({ length: 2000 }, (_, n) => link(n)).join('\n') });
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.options button')).toHaveCount(100);
  await button('reviewImport.more_other', { count: 100 }).tap();
  await expect(page.locator('.options button')).toHaveCount(200);
  await button('reviewImport.saveAll_other', { count: 2000 }).tap();
  await expect.poll(async () => (await rows(core)).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(100);
  const view = { query: 'numero', sort: 'manual', group: null, trash: false, offset: 0, limit: 1 };
  expect((await core.call<{ count: number }>('list_entries', { request: view })).count).toBe(2000);
});

test('the paste button reads the clipboard', async ({ page, context, start, say, button }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await start();
  await button('list.add').tap();
  await page.evaluate((text) => navigator.clipboard.writeText(text), LINK);
  await page.getByRole('button', { name: say('add.paste') }).tap();
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
});

test('choosing a picture does not count as leaving the app', async ({ page, start, core, say, button }) => {
  const holds = recordAutoLockHolds(core);
  await start();
  await button('list.add').tap();
  const choosing = page.waitForEvent('filechooser');
  await page.getByText(say('add.picture')).click();
  const chooser = await choosing;
  expect(holds).toEqual([true]);
  await chooser.setFiles(qrFile(LINK));
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  expect(holds).toEqual([true, false]);
  await button('common.back').tap();

  // After a cancellation: `cancel`, or only the focus event.
  for (const event of ['cancel', 'focus'] as const) {
    const again = page.waitForEvent('filechooser');
    await page.getByText(say('add.picture')).click();
    await again;
    await page.evaluate((kind) => {
      const input = document.querySelector('input[type=file]');
      (kind === 'focus' ? window : input)?.dispatchEvent(new Event(kind));
    }, event);
    await expect.poll(() => holds.at(-1), event).toBe(false);
  }
  expect(holds).toEqual([true, false, true, false, true, false]);
});

test('the permission dialog of the clipboard does not count as leaving the app', async ({ page, start, core, say, button }) => {
  const holds = recordAutoLockHolds(core);
  await start();
  await button('list.add').tap();
  await page.evaluate(() => {
    navigator.clipboard.read = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: say('add.paste') }).tap();
  await expect(page.getByTestId('paste-note')).toBeVisible();
  expect(holds).toEqual([true, false]);
});

test('if the clipboard cannot be read, other ways to add are named', async ({ page, start, say, button }) => {
  await start();
  await button('list.add').tap();
  await page.evaluate(() => {
    navigator.clipboard.read = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: say('add.paste') }).tap();
  await expect(page.getByTestId('paste-note')).toHaveText(say('add.pasteFailed'));
});

test('an empty paste or drop says so, until one brings something', async ({ page, start, say, button }) => {
  await start();
  await button('list.add').tap();
  const note = page.getByTestId('paste-note');
  await pasteOrDrop(page, 'paste', {});
  await expect(note).toHaveText(say('add.pasteEmpty'));
  await pasteOrDrop(page, 'drop', { text: ' ' });
  await expect(note).toHaveText(say('add.dropEmpty'));
  await pasteOrDrop(page, 'paste', { text: 'no link' });
  await expect(note).toHaveCount(0);
  await expect(page.getByRole('alert')).toBeVisible();
});

test('names can be changed before saving, and a counter starts at the value of the link', async ({
  page,
  start,
  core,
  button,
  field,
}) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: `otpauth://hotp/x?secret=${SECRET}&counter=41` });
  await field('manualEntry.issuer').fill('Banque');
  await field('manualEntry.account').fill('carte 2');
  await button('confirmEntry.save').tap();
  await button('row.newCode').tap();
  const digits = hotp(SECRET, 41);
  await expect(page.getByTestId('code')).toHaveText(`${digits.slice(0, 3)} ${digits.slice(3)}`);
  expect((await rows(core)).at(-1)).toMatchObject({ kind: 'hotp', issuer: 'Banque', account: 'carte 2' });
});

test('several codes are saved one after the other', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  const others = ['Un', 'Deux'].map((name) => `otpauth://totp/${name}:moi?secret=${SECRET}&issuer=${name}`);
  await pasteOrDrop(page, 'paste', { text: others.join('\n') });
  await page.getByRole('button', { name: /Deux/ }).tap();
  await button('confirmEntry.save').tap();
  await button('common.done').tap();
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  await page.getByRole('button', { name: /Un/ }).tap();
  await button('confirmEntry.save').tap();
  await button('common.done').tap();
  await expect(page.getByTestId('row')).toHaveCount(8);
  expect((await rows(core)).map(({ issuer }) => issuer).slice(6)).toEqual(['Deux', 'Un']);
});

const KNOWN = [
  ['same', `otpauth://totp/demo:john.doe%20-%20desksecurium?secret=${SECRETS.demo}&issuer=demo`],
  ['sameSecret', `otpauth://totp/other:me?secret=${SECRETS.demo}&issuer=other`],
  ['sameName', `otpauth://totp/demo:john.doe%20-%20desksecurium?secret=${SECRET}&issuer=demo`],
] as const;
for (const [is, link] of KNOWN) {
  test(`an entry that is known already: ${is}`, async ({ page, start, core, say, button }) => {
    await start();
    await button('list.add').tap();
    await pasteOrDrop(page, 'paste', { text: link });
    const name = 'demo, john.doe - desksecurium';
    await expect(page.getByTestId('known')).toHaveText(say(`confirmEntry.${is}`, { name }));
    if (is === 'sameName') {
      await button('confirmEntry.save').tap();
      await expect(page.getByTestId('code')).toBeVisible();
      expect(await rows(core)).toHaveLength(7);
    } else {
      await button('confirmEntry.useExisting').tap();
      await expect(page.getByTestId('saved-entry')).toContainText('demo');
      expect(await rows(core)).toHaveLength(6);
    }
  });
}

test('a discarded draft is gone', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: LINK });
  await button('confirmEntry.discard').tap();
  await expect(page.getByRole('heading', { name: say('add.title') })).toBeVisible();
  expect(core.asked.map(({ cmd }) => cmd)).toContain('discard_draft');
  expect(await rows(core)).toHaveLength(6);
});
