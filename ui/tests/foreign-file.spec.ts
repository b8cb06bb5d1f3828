import { copyFileSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Status } from '../src/ipc/wire';
import { expect } from './support/app';
import { Core } from './support/core';
import { VAULT } from './support/damage';
import { passWords } from './support/first-run';
import { test } from './support/key-replacement';
import { newFolder } from './support/places';
import { addLink, PASSPHRASE, SECRETS, unlock } from './support/vaults';

const LINK = `otpauth://totp/Portail:moi?secret=${SECRETS.demo}&issuer=Portail`;

test.use({ before: 'closed' });

test.describe('a foreign file', () => {
  /** The device has been told what is open. */
  const told = (core: Core) =>
    expect.poll(async () => (await core.device()).generation ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);

  /** Opens this file in the place of the one that this device saw last. */
  async function exchange(core: Core, folder: string, file: string): Promise<void> {
    await told(core);
    await core.call('lock');
    copyFileSync(file, join(folder, VAULT));
    await unlock(core);
    await expect.poll(async () => (await core.call<Status>('status')).foreign, { timeout: 15_000 }).toBe(true);
  }

  test('is reported, and nothing changes before a choice; keeping it replaces the keys', async ({
    page, folder, start, core, say, button, field, vaults,
  }) => {
    const other = newFolder();
    vaults.bare.copyTo(other);
    await unlock(core);
    await exchange(core, folder, join(other, VAULT));
    rmSync(other, { recursive: true });
    await start();
    await expect(page.getByTestId('foreign')).toContainText(say('foreignVault.what'));
    await button('list.add').tap({ force: true });
    await expect(page.getByTestId('toast')).toContainText(say('readOnly.foreignReason'));
    await button('foreignVault.keep').tap();
    await button('common.continue').tap();
    await passWords(page, say);
    await field('passphrase.label').fill(PASSPHRASE);
    await button('keyReplacement.act').tap();
    await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
    await button('common.done').tap();
    await expect(page.getByTestId('foreign')).toHaveCount(0);
    expect(await core.call('status')).toMatchObject({ foreign: false, savesBehind: 0 });
    await addLink(core, LINK);
  });

  test('under old keys is replaced by the copy, and deleted once the keys are replaced', async ({
    page, folder, start, core, say, button, suspicion, newPassphrase,
  }) => {
    // An attacker has a copy and its credential, and changes it elsewhere.
    const elsewhere = newFolder();
    cpSync(folder, elsewhere, { recursive: true });
    const forger = new Core(elsewhere);
    await unlock(forger);
    for (let times = 0; times < 3; times += 1) await addLink(forger, LINK);
    await forger.call('lock');
    await forger.end();
    await unlock(core);
    const keep = { credentials: [{ credential: 'passphrase', isNew: false }], passphrase: PASSPHRASE, pin: '', dialog: '', confirmed: false };
    await core.call('replace_keys', keep);
    await exchange(core, folder, join(elsewhere, VAULT));
    rmSync(elsewhere, { recursive: true });
    await start();
    await expect(page.getByTestId('foreign')).toContainText(say('foreignVault.copy'));
    await button('foreignVault.take').tap();
    await expect(page.getByTestId('foreign')).toHaveCount(0);
    await expect(page.getByTestId('row')).toHaveCount(6);
    const aside = () => readdirSync(folder).filter((name) => name.includes('.damaged-'));
    expect(aside()).toHaveLength(1);

    await suspicion();
    await button('common.continue').tap();
    await newPassphrase();
    // What was shown to open the foreign file proves nothing for the copy.
    const proof = page.getByRole('dialog', { name: say('reauth.title') });
    await proof.getByRole('textbox').fill(PASSPHRASE);
    await button('reauth.confirm').tap();
    await page.getByTestId('kept-file').getByRole('button').tap();
    await expect(page.getByRole('dialog')).toContainText(say('setAsideFiles.askWhat'));
    await page.getByRole('dialog').getByRole('button', { name: say('setAsideFiles.delete') }).tap();
    await expect(page.getByTestId('kept-file')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeFocused();
    expect(aside()).toEqual([]);
  });
});
