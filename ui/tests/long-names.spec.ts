import type { Locator, Page } from '@playwright/test';
import { enlarge } from './pictures/looks';
import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { addLink, rows, SECRETS } from './support/vaults';

/** As long as a name can be. */
const ISSUER = Array.from({ length: 84 }, (_, at) => `Bank${at % 10}`).join(' ').slice(0, 500);
const ACCOUNT = 'prenom.nom@'.repeat(50).slice(0, 500);
const LINK = `otpauth://totp/${encodeURIComponent(`${ISSUER}:${ACCOUNT}`)}?secret=${SECRETS.demo}&issuer=${encodeURIComponent(ISSUER)}`;
const NAME = `${ISSUER}, ${ACCOUNT}`;

/** The number of visible lines of this text. */
const linesOf = (text: Locator) =>
  text.evaluate((element) => element.clientHeight / parseFloat(getComputedStyle(element).lineHeight));

async function expectCut(texts: Locator, count: number): Promise<void> {
  await expect(texts).toHaveCount(count);
  for (const text of await texts.all()) {
    expect(await linesOf(text)).toBeGreaterThan(2.5);
    expect(await linesOf(text)).toBeLessThan(3.5);
  }
}

const cut = (of: Page | Locator) => of.locator('.cut:visible');

test.describe('names of 500 characters', () => {
  test.use({ before: 'empty' });

  for (const size of ['100%', '200%']) {
    test(`are truncated after three lines in lists, and complete in the details: ${size}`, async ({
      page,
      start,
      core,
      say,
      button,
      field,
    }) => {
      const id = await addLink(core, LINK);
      await core.call('update_entry', { id, changes: { issuer: ISSUER, account: ACCOUNT, note: '', favourite: true } });
      await core.call('add_group', { name: 'G'.repeat(60) });
      await enlarge(page, size);
      await start();
      const row = page.getByTestId('row');
      await expectCut(cut(row), 2);
      // The favourite icon stays visible.
      await expect(row.getByRole('img', { name: say('row.favourite') })).toBeInViewport({ ratio: 1 });
      // The accessible name is complete.
      await expect(button('row.key', { name: NAME })).toBeVisible();
      await button('row.key', { name: NAME }).tap();
      await expect(row.getByTestId('code')).toBeInViewport({ ratio: 1 });
      await button('row.options', { name: NAME }).tap();
      await expectCut(page.getByRole('dialog').locator('h2'), 1);
      await expect(page.getByRole('dialog', { name: NAME })).toBeVisible();
      await button('menu.groups').tap();
      expect(await linesOf(page.getByRole('dialog').locator('h2'))).toBeLessThan(14);
      await button('common.done').tap();

      await button('row.options', { name: NAME }).tap();
      await button('menu.details').tap();
      for (const name of [ISSUER, ACCOUNT]) {
        const whole = page.getByRole('main').getByText(name, { exact: true });
        await expect(whole).toBeVisible();
        const hidden = await whole.evaluate((text) => (text.parentElement?.scrollHeight ?? 0) - (text.parentElement?.clientHeight ?? 0));
        expect(hidden).toBeLessThanOrEqual(1);
      }
      await button('details.edit').tap();
      await expect(field('manualEntry.issuer')).toHaveValue(ISSUER);
      await button('common.cancel').tap();

      await button('list.menu').tap();
      await button('menu.reorder').tap();
      await expectCut(cut(page.getByTestId('reorder-row')), 2);
      await button('common.back').tap();

      await button('row.options', { name: NAME }).tap();
      await button('menu.delete').tap();
      const toast = page.getByTestId('toast');
      await expect(toast).toContainText('…');
      expect((await toast.boundingBox())?.height).toBeLessThan(size === '100%' ? 150 : 420);
      await button('list.menu').tap();
      await button('menu.trash').tap();
      await expectCut(cut(page.getByTestId('trashed-row')), 2);
      // The question has the complete name.
      await button('trash.forEver', { name: NAME }).tap();
      await expect(page.getByRole('dialog', { name: say('trash.askOne', { name: NAME }) })).toBeVisible();
      expect(await rows(core, true)).toHaveLength(1);
    });
  }

  test('are cut where they were read, and after they were saved', async ({ page, start, button }) => {
    await start();
    await button('list.add').tap();
    const other = LINK.replace(SECRETS.demo, SECRETS.client);
    await pasteOrDrop(page, 'paste', { text: `${LINK}\n${other}` });
    await expectCut(cut(page), 4);
    await page.getByRole('button', { name: /^Bank0/ }).first().tap();
    await button('confirmEntry.save').tap();
    await expectCut(cut(page.getByTestId('saved-entry')), 2);
    await expect(page.getByTestId('code')).toBeInViewport({ ratio: 1 });
    await button('common.done').tap();
  });
});
