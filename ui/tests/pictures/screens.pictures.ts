import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { pasteOrDrop } from '../support/paste-or-drop';
import { PICTURES } from '../support/places';
import { addLink, PIN, rows, SECRETS } from '../support/vaults';
import { enlarge, LOOKS, SIZES } from './looks';

const link = (issuer: string, account: string, secret = SECRETS.demo) =>
  `otpauth://totp/${encodeURIComponent(`${issuer}:${account}`)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
/** Of issuers whose icons are known. */
const KNOWN = [
  link('GitHub', 'jeanne-favre', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ'),
  link('Infomaniak', 'jeanne@example.ch', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXR'),
];
const NEW = link('Portail', 'jeanne', 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F');

for (const look of LOOKS) {
  test.describe(look.name, () => {
    test.use({ lang: look.lang });

    test.beforeEach(async ({ page, core }) => {
      await core.call('set_appearance', {
        appearance: { language: look.lang, theme: look.theme, textSize: 'normal', sort: 'manual' },
      });
      if (look.text) await enlarge(page, look.text);
    });

    /** The screen at each width; the page goes on at the second, an ordinary phone. */
    async function shoot(page: Page, name: string): Promise<void> {
      await expect(page.locator('main:not([hidden])').first()).toBeVisible();
      for (const size of [...SIZES.filter(({ width }) => width !== 390), ...SIZES.filter(({ width }) => width === 390)]) {
        await page.setViewportSize(size);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: join(PICTURES, look.name, String(size.width), `${name}.png`) });
      }
    }

    test.describe('before', () => {
      test.use({ before: 'nothing' });

      test('first run', async ({ page, start, say, button, option, field }) => {
        await start();
        await shoot(page, '01-welcome');
        await button('welcome.start').tap();
        await shoot(page, '02-protect');
        await option('credential.pin').tap();
        await field('accessCode.label').fill(PIN);
        await field('accessCode.repeat').fill(PIN);
        await shoot(page, '03-access-code');
        await button('passphrase.create').tap();
        await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
        await shoot(page, '04-words');
        await button('recoveryWords.later').tap();
        await button('recoveryWords.laterConfirm').tap();
        await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
        await shoot(page, '05-list-empty');
      });
    });

    test('the list and an entry', async ({ page, start, core, say, button, key, row }) => {
      for (const one of KNOWN) await addLink(core, one);
      await start();
      await expect(row('GitHub').locator('.tile svg')).toBeVisible();
      await shoot(page, '10-list');
      await key('demo').tap();
      await expect(row('demo').getByTestId('code')).toBeVisible();
      await shoot(page, '11-list-open');
      await page.getByRole('searchbox').fill('societe');
      await expect(page.locator('mark')).toBeVisible();
      await shoot(page, '12-list-search');
      await button('list.clear').tap();
      await row('demo').getByRole('button').last().tap();
      await shoot(page, '13-row-menu');
      await button('menu.details').tap();
      await expect(page.getByText(say('fact.created'))).toBeVisible();
      await shoot(page, '14-details');
      await button('saved.refusedTitle').tap();
      await shoot(page, '15-doctor');
      await button('common.back').tap();
      await button('details.edit').tap();
      await expect(page.getByRole('switch')).toBeVisible();
      await shoot(page, '16-edit');
      await page.getByRole('button', { name: say('icon.label') }).tap();
      await shoot(page, '17-icon');
    });

    test('adding', async ({ page, start, say, button }) => {
      const label = (key: string) => page.getByRole('button', { name: say(key) });
      await start();
      await button('list.add').tap();
      await expect(label('add.byHand')).toBeVisible();
      await shoot(page, '20-add');
      await label('add.byHand').tap();
      await page.getByText(say('manualEntry.advanced')).tap();
      await shoot(page, '21-by-hand');
      await button('common.back').tap();
      await pasteOrDrop(page, 'paste', { text: NEW });
      await expect(button('confirmEntry.save')).toBeVisible();
      await shoot(page, '22-confirm');
      await button('confirmEntry.save').tap();
      await expect(page.getByTestId('code')).toBeVisible();
      await shoot(page, '23-saved');
    });

    test('the menu', async ({ page, start, core, button, option }) => {
      for (const { id } of (await rows(core)).slice(0, 2)) await core.call('trash_entry', { id });
      await start();
      await button('list.menu').tap();
      await shoot(page, '30-menu');
      await button('menu.trash').tap();
      await expect(page.getByTestId('trashed-row')).toHaveCount(2);
      await shoot(page, '31-trash');
      await button('common.back').tap();
      await button('list.menu').tap();
      await button('help.title').tap();
      await page.locator('summary').first().click();
      await shoot(page, '32-help');
      await button('common.back').tap();
      await button('list.menu').tap();
      await button('menu.settings').tap();
      await shoot(page, '33-settings');
      await option('settings.opening').tap();
      await expect(page.getByTestId('way').first()).toBeVisible();
      await shoot(page, '34-opening');
      await button('common.back').tap();
      await option('keyReplacement.suspicion').tap();
      await expect(page.getByTestId('fate').first()).toBeVisible();
      await shoot(page, '36-keys');
      await button('common.back').tap();
      await option('licences.title').tap();
      await expect(page.locator('summary').first()).toBeVisible();
      await shoot(page, '35-licences');
    });

    test.describe('closed', () => {
      test.use({ before: 'closed' });

      test('the lock', async ({ page, start }) => {
        await start();
        await shoot(page, '40-lock');
      });
    });

    test.describe('damaged', () => {
      test.use({ before: 'closed', damage: 'truncated' });

      test('a damaged vault', async ({ page, start, say }) => {
        await start();
        await expect(page.getByRole('heading', { name: say('damagedVault.title') })).toBeVisible();
        await shoot(page, '41-unreadable');
      });
    });
  });
}
