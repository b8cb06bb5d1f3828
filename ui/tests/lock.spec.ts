import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import type { Core } from './support/core';
import { pasteOrDrop } from './support/paste-or-drop';
import { picture } from './support/screen';
import { PASSPHRASE, rows, SECRETS } from './support/vaults';
import { setWindowVisible } from './support/system-window';

const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
const link = (name: string) => `otpauth://totp/${name}:moi?secret=${SECRET}&issuer=${name}`;
type Say = (key: string) => string;

/** Waits until the UI state is saved. */
async function kept(page: Page): Promise<void> {
  // In the page, so that its shorter timer has ended before this one.
  await page.evaluate(() => new Promise((go) => setTimeout(go, 350)));
}

/** The core locks as after a long absence; then the user unlocks it again. */
async function lockAndOpen(page: Page, core: Core, say: Say): Promise<void> {
  await kept(page);
  await core.call('lock');
  await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
  await open(page, say);
}

async function open(page: Page, say: Say): Promise<void> {
  await page.getByRole('textbox', { name: say('passphrase.label') }).fill(PASSPHRASE);
  await page.getByRole('button', { name: say('unlock.open') }).tap();
}

test('a lock before saving: the draft and its changed names are restored', async ({ page, start, core, say, button, field, row }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: link('Portail') });
  await field('manualEntry.issuer').fill('Portail cantonal');
  await lockAndOpen(page, core, say);
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await expect(field('manualEntry.issuer')).toHaveValue('Portail cantonal');
  await expect(field('manualEntry.account')).toHaveValue('moi');
  await picture(page, '92-confirm-again');
  await button('confirmEntry.save').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  await button('common.done').tap();
  await expect(row('Portail cantonal')).toBeVisible();
  expect(await rows(core)).toHaveLength(7);
});

test('a lock with several drafts: the unsaved ones are restored in their order', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  const names = ['Un', 'Deux', 'Trois', 'Quatre'];
  await pasteOrDrop(page, 'paste', { text: names.map(link).join('\n') });
  await page.getByRole('button', { name: /^Deux/ }).tap();
  await button('confirmEntry.save').tap();
  await button('common.done').tap();
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  await lockAndOpen(page, core, say);
  await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
  const shown = page.getByRole('main').last().getByRole('button', { name: /moi/ });
  await expect(shown).toHaveText([/Un/, /Trois/, /Quatre/]);
  await shown.first().tap();
  // Duplicates are checked again: the one saved before has the same secret.
  await expect(page.getByTestId('known')).toHaveAttribute('data-known', 'sameSecret');
  await button('confirmEntry.saveAnyway').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  expect(await rows(core)).toHaveLength(8);
});

test('a lock during manual entry: all but the secret is restored, and the screen says so', async ({ page, start, core, say, button, option, field }) => {
  const sent: string[] = [];
  const send = core.send.bind(core);
  core.send = (call) => {
    if (call.cmd === 'save_ui_state') sent.push(JSON.stringify(call.args));
    return send(call);
  };
  await start();
  await button('list.add').tap();
  await option('add.byHand').tap();
  await field('manualEntry.issuer').fill('Portail');
  await field('manualEntry.account').fill('jeanne.rochat');
  await field('manualEntry.secret').fill(SECRET);
  await page.getByText(say('manualEntry.advanced')).tap();
  await page.getByLabel(say('manualEntry.period')).fill('60');
  await lockAndOpen(page, core, say);
  await expect(page.getByTestId('secret-lost')).toHaveText(say('again.secret'));
  await expect(field('manualEntry.issuer')).toHaveValue('Portail');
  await expect(field('manualEntry.account')).toHaveValue('jeanne.rochat');
  await expect(field('manualEntry.secret')).toHaveValue('');
  await expect(page.getByLabel(say('manualEntry.period'))).toHaveValue('60');
  await picture(page, '93-by-hand-again');
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.join()).not.toContain(SECRET.slice(0, 8));

  await field('manualEntry.secret').fill(SECRET);
  await button('common.continue').tap();
  await button('confirmEntry.save').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  const id = (await rows(core)).at(-1)?.id;
  expect(await core.call('entry_details', { id })).toMatchObject({ issuer: 'Portail', account: 'jeanne.rochat', period: 60 });
});

test('a lock while typing a link: the link is not stored anywhere, and the screen says so', async ({ page, start, core, say, button, option, field }) => {
  await start();
  await button('list.add').tap();
  await option('add.link').tap();
  await field('pasteLink.label').fill(link('Portail'));
  await lockAndOpen(page, core, say);
  await expect(page.getByTestId('secret-lost')).toHaveText(say('again.link'));
  await expect(field('pasteLink.label')).toHaveValue('');
  await button('common.back').tap();
  await expect(page.getByRole('heading', { name: say('add.title') })).toBeVisible();
  await option('add.link').tap();
  await expect(page.getByTestId('secret-lost')).toHaveCount(0);
});

test('a lock while editing an entry: the changes are restored', async ({ page, start, core, say, button, field, row }) => {
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.edit').tap();
  await field('edit.note').fill('Carte de la caisse.');
  await page.getByRole('switch', { name: say('edit.favourite') }).tap();
  await lockAndOpen(page, core, say);
  await expect(page.getByRole('heading', { name: say('edit.title') })).toBeVisible();
  await expect(field('edit.note')).toHaveValue('Carte de la caisse.');
  await expect(page.getByRole('switch', { name: say('edit.favourite') })).toBeChecked();
  await button('common.save').tap();
  await expect(page.getByText(say('toast.saved'))).toBeVisible();
  await expect(page.getByTestId('row').first()).toContainText('demo');
});

test('discarded changes are not restored', async ({ page, start, core, say, button, field, row }) => {
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.edit').tap();
  await field('edit.note').fill('Carte de la caisse.');
  await button('common.cancel').tap();
  await lockAndOpen(page, core, say);
  await expect(row('demo')).toBeVisible();
  await row('demo').getByRole('button').last().tap();
  await button('menu.edit').tap();
  await expect(field('edit.note')).toHaveValue('');
});

test('a draft that was left for the list is not restored', async ({ page, start, core, say, button, row }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: link('Portail') });
  await button('common.back').tap();
  await button('common.back').tap();
  await expect(row('demo')).toBeVisible();
  await lockAndOpen(page, core, say);
  await expect(row('demo')).toBeVisible();
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toHaveCount(0);
  expect(await core.call('restore_ui_state')).toEqual({ uiState: null, drafts: [], batches: [] });
});

test('a draft saved just before the lock is in the list, and not shown for confirmation again', async ({ page, start, core, say, button, row }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: link('Portail') });
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await kept(page);
  // The core saves, and locks before its answer reaches the page.
  const send = core.send.bind(core);
  core.send = async (call) => {
    const answer = await send(call);
    if (call.cmd !== 'save_draft') return answer;
    await send({ cmd: 'lock' });
    return { err: { code: 'locked', params: {} } };
  };
  await button('confirmEntry.save').tap();
  await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
  await open(page, say);
  await expect(row('Portail')).toBeVisible();
  await expect(page.getByTestId('row')).toHaveCount(7);
});

test('a draft whose save came after the lock is restored', async ({ page, start, core, say, button }) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: link('Portail') });
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await kept(page);
  const send = core.send.bind(core);
  core.send = async (call) => {
    if (call.cmd === 'save_draft') await send({ cmd: 'lock' });
    return send(call);
  };
  await button('confirmEntry.save').tap();
  await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
  core.send = send;
  await open(page, say);
  await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
  await button('confirmEntry.save').tap();
  await expect(page.getByTestId('code')).toBeVisible();
});

test('hiding the window saves the latest input at once', async ({ page, start, core, say, button, option, field }) => {
  const safety = await core.call<object>('security_settings');
  await core.call('set_security_settings', { settings: { ...safety, lockAfterS: 0 } });
  await start();
  await button('list.add').tap();
  await option('add.byHand').tap();
  await field('manualEntry.issuer').fill('Portail');
  await setWindowVisible(page, false);
  await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
  await setWindowVisible(page, true);
  await open(page, say);
  await expect(field('manualEntry.issuer')).toHaveValue('Portail');
  // No secret had been typed, so none is missing.
  await expect(page.getByTestId('secret-lost')).toHaveCount(0);
});

test('a saved UI state of another shape is ignored', async ({ page, start, core, row }) => {
  await core.call('save_ui_state', { uiState: JSON.stringify({ stack: [{ name: 'nowhere' }], secret: SECRETS.demo }) });
  await start();
  await expect(row('demo')).toBeVisible();
  await expect(page.getByRole('main')).toHaveCount(1);
});
