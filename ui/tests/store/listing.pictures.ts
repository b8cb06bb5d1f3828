import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import type { Core } from '../support/core';
import { pasteOrDrop } from '../support/paste-or-drop';
import { UI } from '../support/places';
import { addLink } from '../support/vaults';
import { LANGS, type Lang } from '../support/words';
import { image, SERVICES } from './listing';

const ACCOUNT = 'jeanne.favre';
const NEW = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ';

const link = (issuer: string, secret: string) =>
  `otpauth://totp/${encodeURIComponent(`${issuer}:${ACCOUNT}`)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;

/** The other services, each with its own test secret. */
async function fill(core: Core, issuers: readonly string[]): Promise<void> {
  for (const [place, issuer] of issuers.entries()) {
    await addLink(core, link(issuer, `JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX${'ABCDEFG'.charAt(place)}`));
  }
}

async function shoot(page: Page, lang: Lang, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: image(lang, `phoneScreenshots/${name}`) });
}

for (const lang of LANGS) {
  test.describe(lang, () => {
    test.use({ lang, platform: 'android' });

    test.describe('an open vault', () => {
      test.use({ before: 'empty' });

      test.beforeEach(async ({ core }) => {
        const appearance = { language: lang, theme: 'light', textSize: 'normal', sort: 'manual' };
        await core.call('set_appearance', { appearance });
      });

      test('a touched key', async ({ page, core, start, say, key, row }) => {
        const [first, second, ...others] = SERVICES[lang];
        await fill(core, [first, second, ...others]);
        await start();
        await expect(page.getByTestId('row')).toHaveCount(others.length + 2);
        await key(second).tap();
        // Not in the last seconds, when the code is red.
        await expect(row(second).getByText(say('row.touchToCopy'))).toBeVisible();
        await shoot(page, lang, '1-code');
      });

      test('adding', async ({ page, core, start, say, button }) => {
        const [first, ...others] = SERVICES[lang];
        await fill(core, others);
        await start();
        await button('list.add').tap();
        await expect(page.getByRole('button', { name: say('add.byHand') })).toBeVisible();
        await shoot(page, lang, '2-add');
        await pasteOrDrop(page, 'paste', { text: link(first, NEW) });
        await button('confirmEntry.save').tap();
        await expect(page.getByText(say('row.touchToCopy'))).toBeVisible();
        await shoot(page, lang, '3-saved');
      });
    });

    test.describe('a first run', () => {
      test.use({ before: 'nothing' });

      test('how to protect the app', async ({ page, start, say, button }) => {
        await start();
        await button('welcome.start').tap();
        await expect(page.getByRole('heading', { name: say('chooseProtection.title') })).toBeVisible();
        await shoot(page, lang, '4-protect');
      });
    });

    test.describe('drawn', () => {
      test.use({ deviceScaleFactor: 1, viewport: { width: 1024, height: 500 } });

      test('the feature graphic', async ({ page }) => {
        const drawing = readFileSync(join(UI, '../icons/trousseau.svg'), 'utf8');
        // The icon's background has round corners; here it fills the picture.
        const [, ground = ''] = /<rect [^>]*fill="(#\w+)"/.exec(drawing) ?? [];
        const style = `margin:0;height:100vh;display:grid;place-items:center;background:${ground}`;
        await page.setContent(`<body style="${style}">${drawing.replace('<svg ', '<svg width="450" height="450" ')}`);
        await page.screenshot({ path: image(lang, 'featureGraphic') });
      });
    });
  });
}
