import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/app';
import { Core } from './support/core';
import { readVault } from './support/damage';
import { makeWritable, onReadOnlyDisk } from './support/read-only-disk';
import { pasteOrDrop } from './support/paste-or-drop';
import { openApp } from './support/page';
import { PASSPHRASE, rows, unlock } from './support/vaults';
import { LANGS } from './support/words';

test.use({ before: 'closed' });
const LINK = 'otpauth://totp/Portail:moi?secret=PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F&issuer=Portail';

/** The entries that a new core finds in the folder afterwards. */
async function saved(folder: string): Promise<string[]> {
  const core = new Core(folder);
  await unlock(core);
  const names = (await rows(core)).map(({ issuer }) => issuer);
  await core.end();
  return names;
}

/** The names and bytes of all files in a folder. */
const allFiles = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
const ALL = ['CC Commerce Suisse', 'demo', 'Espace client', 'connect.fer', 'Société générale', 'Steam'];

for (const lang of LANGS) {
  test.describe(lang, () => {
    test.use({ lang });

    test('a wrong passphrase', async ({ page, folder, core, start, say, button, field }) => {
      const before = readVault(folder);
      await start();
      await field('passphrase.label').fill('une autre phrase');
      await button('unlock.open').tap();
      await expect(page.getByRole('alert')).toHaveText(say('error.credentialRejected'));
      await expect(field('passphrase.label')).toHaveValue('');
      expect(readVault(folder)).toEqual(before);
      await field('passphrase.label').fill(PASSPHRASE);
      await button('unlock.open').tap();
      await expect(page.getByTestId('row')).toHaveCount(6);
      await core.end();
      expect(await saved(folder)).toEqual(ALL);
    });

    test.describe('wrong passphrases for the previous copy', () => {
      test.use({ damage: 'truncated' });

      test('cost a wait too', async ({ page, start, say, button, field }) => {
        await start();
        await button('damagedVault.open').tap();
        const wrong = page.locator('form').getByRole('alert');
        for (let count = 1; count <= 4; count += 1) {
          await field('passphrase.label').fill(`faux ${count}`);
          await page.keyboard.press('Enter');
          await expect(wrong).toHaveText(say('error.credentialRejected'));
        }
        await field('passphrase.label').fill(PASSPHRASE);
        await page.keyboard.press('Enter');
        await expect(wrong).toHaveText(new RegExp(say('error.rateLimited', { seconds: 9 }).replaceAll('.', '\\.').replace('9', '[1-5]')));
      });
    });

    for (const damage of ['truncated', 'payload'] as const) {
      test.describe(`a damaged vault (${damage})`, () => {
        test.use({ damage });

        test('opens for reading from its previous copy, and is kept', async ({ page, folder, start, say, button, field }) => {
          const damaged = readVault(folder);
          await start();
          if (damage === 'payload') {
            await field('passphrase.label').fill(PASSPHRASE);
            await button('unlock.open').tap();
          }
          await expect(page.getByRole('heading', { name: say('damagedVault.title') })).toBeVisible();
          await expect(page.getByRole('alert')).toHaveText(say('damagedVault.what'));
          await expect(page.getByText(say('damagedVault.backup'))).toBeVisible();
          await button('damagedVault.open').tap();
          await field('passphrase.label').fill(PASSPHRASE);
          await button('damagedVault.open').tap();
          await expect(page.getByTestId('read-only')).toHaveText(say('readOnly.banner'));
          // The backup is of the generation before the last entry.
          await expect(page.getByTestId('row')).toHaveCount(5);
          expect(readVault(folder)).toEqual(damaged);

          await button('readOnly.restore').tap();
          await expect(page.getByTestId('read-only')).toHaveCount(0);
          const aside = readdirSync(folder).find((name) => name.includes('damaged'));
          expect(readFileSync(join(folder, aside ?? ''))).toEqual(damaged);
          await button('list.add').tap();
          await pasteOrDrop(page, 'paste', { text: LINK });
          await button('confirmEntry.save').tap();
          await expect(page.getByTestId('code')).toBeVisible();
        });
      });
    }

    test.describe('a vault of a newer version', () => {
      test.use({ damage: 'newer' });

      test('is left as it is, and its previous copy opens', async ({ page, folder, start, say, button, field }) => {
        const newer = readVault(folder);
        await start();
        await expect(page.getByRole('heading', { name: say('unsupportedVersion.title') })).toBeVisible();
        await expect(page.getByRole('alert')).toHaveText(say('unsupportedVersion.what'));
        await expect(page.getByText(say('unsupportedVersion.backup'))).toBeVisible();
        await button('damagedVault.open').tap();
        await field('passphrase.label').fill(PASSPHRASE);
        await button('damagedVault.open').tap();
        await expect(page.getByTestId('read-only')).toHaveText(say('readOnly.banner'));
        await expect(page.getByTestId('row')).toHaveCount(5);
        expect(readVault(folder)).toEqual(newer);
      });
    });

    test('a second process waits for the first', async ({ page, folder, core, say, button, field }) => {
      await core.call('status');
      const second = new Core(folder);
      const complaints = await openApp(page, second);
      await expect(page.getByRole('heading', { name: say('startupError.title') })).toBeVisible();
      await expect(page.getByRole('alert')).toHaveText(say('error.alreadyRunning'));
      await core.end();
      await button('common.retry').tap();
      await field('passphrase.label').fill(PASSPHRASE);
      await button('unlock.open').tap();
      await expect(page.getByTestId('row')).toHaveCount(6);
      await second.end();
      expect(complaints).toEqual([]);
    });

    test('a disk that cannot be written shows codes, and changes nothing until it can be', async ({
      page,
      folder,
      core,
      say,
      button,
      field,
      key,
    }) => {
      await core.end();
      const before = allFiles(folder);
      const reading = onReadOnlyDisk(folder);
      const complaints = await openApp(page, reading);
      await field('passphrase.label').fill('une autre phrase');
      await button('unlock.open').tap();
      await expect(page.getByRole('alert')).toHaveText(say('error.credentialRejected'));
      await field('passphrase.label').fill(PASSPHRASE);
      await button('unlock.open').tap();
      await expect(page.getByTestId('disk-read-only')).toHaveText(say('readOnly.diskBanner'));
      await expect(page.getByTestId('read-only')).toHaveCount(0);
      await expect(page.getByTestId('row')).toHaveCount(6);
      await key('demo').tap();
      await expect(page.getByTestId('code')).toBeVisible();
      await key('Société générale').tap();
      await button('row.newCode').tap({ force: true });
      await expect(page.getByTestId('toast')).toContainText(say('readOnly.diskReason'));
      await expect(page.getByTestId('code')).toHaveCount(0);
      await button('list.add').tap({ force: true });
      await expect(page.getByRole('heading', { name: say('add.title') })).toHaveCount(0);
      await button('list.lock').tap();
      await expect(field('passphrase.label')).toBeVisible();
      expect(allFiles(folder)).toEqual(before);

      makeWritable(reading);
      await field('passphrase.label').fill(PASSPHRASE);
      await button('unlock.open').tap();
      await expect(page.getByTestId('row')).toHaveCount(6);
      await expect(page.getByTestId('disk-read-only')).toHaveCount(0);
      await button('list.add').tap();
      await pasteOrDrop(page, 'paste', { text: LINK });
      await button('confirmEntry.save').tap();
      await expect(page.getByTestId('code')).toBeVisible();
      await reading.end();
      expect(complaints).toEqual([]);
    });

    test('a full disk loses nothing', async ({ page, folder, core, say, button }) => {
      await core.end();
      // A small separate disk for this core, with the vault on it.
      const script = 'mount -t tmpfs -o size=64k tmpfs /mnt && cp -a "$0"/. /mnt && exec "$1" /mnt';
      const small = new Core(folder, 'raw', ['unshare', '--mount', 'sh', '-c', script, folder]);
      await unlock(small);
      const disk = `/proc/${small.pid}/root/mnt`;
      const complaints = await openApp(page, small);
      await button('list.add').tap();
      await pasteOrDrop(page, 'paste', { text: LINK });
      expect(() => writeFileSync(join(disk, 'filler'), Buffer.alloc(64 * 1024))).toThrow(/ENOSPC/);
      const before = readVault(disk);
      await button('confirmEntry.save').tap();
      await expect(page.getByRole('alert')).toHaveText(say('error.diskFull'));
      expect(readVault(disk)).toEqual(before);
      expect(existsSync(join(disk, 'vault.trousseau.new'))).toBe(false);
      expect(await rows(small)).toHaveLength(6);

      writeFileSync(join(disk, 'filler'), '');
      await button('confirmEntry.save').tap();
      await expect(page.getByTestId('code')).toBeVisible();
      expect(await rows(small)).toHaveLength(7);
      await small.end();
      expect(complaints).toEqual([]);
    });
  });
}
