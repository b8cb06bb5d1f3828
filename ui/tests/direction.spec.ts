import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { skipToLastSeconds } from './support/time';
import { addLink, rows, SECRETS } from './support/vaults';

const HEBREW = 'בנק!';
const ARABIC = 'بنك (تجربة)';

/** A right-to-left page, as a system or a later language of the app would set it. */
const fromRightToLeft = (page: Page) =>
  page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => (document.documentElement.dir = 'rtl')));

/**
 * Texts with digits whose characters do not stand from left to right on the screen.
 *
 * Of names nothing is said; sentences in between may begin with a word.
 */
function disordered(): string[] {
  const found: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    const host = text.parentElement;
    if (!host?.checkVisibility({ visibilityProperty: true }) || host.closest('.sr, option, script, style')) continue;
    // Groups of digits and what stands between them, and what follows a first number.
    for (const { 0: part, index } of text.data.matchAll(/\d[\d.,:/'’\u202f\u00a0 -]*\d|^\d+\s+\p{L}/gu)) {
      const lefts = [...part].map((_, at) => {
        const range = document.createRange();
        range.setStart(text, index + at);
        range.setEnd(text, index + at + 1);
        const { left, top } = range.getBoundingClientRect();
        return { left, top };
      });
      const inOrder = lefts.every(({ left, top }, at) => {
        const next = lefts[at + 1];
        return !next || next.top > top + 2 || next.left >= left - 0.5;
      });
      if (!inOrder) found.push(text.data);
    }
  }
  return found;
}

async function expectDigits(page: Page, where: string): Promise<void> {
  await expect(page.locator('main:not([hidden])').first()).toBeVisible();
  expect(await page.evaluate(disordered), where).toEqual([]);
}

test('digits are written from left to right on every screen, also in right-to-left text', async ({
  page,
  start,
  core,
  key,
  row,
  say,
  button,
  field,
}) => {
  const { id: group } = await core.call<{ id: string }>('add_group', { name: HEBREW });
  const [first] = await rows(core);
  await core.call('set_groups', { id: first?.id, groups: [group] });
  await core.call('trash_entry', { id: (await rows(core)).at(-1)?.id });
  await fromRightToLeft(page);
  await page.clock.install();
  await start();
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toBeVisible();
  await expectDigits(page, 'a code and its seconds');
  await skipToLastSeconds(page);
  await expect(row('demo').locator('.next')).toBeVisible();
  await expectDigits(page, 'the next code');
  await page.clock.resume();
  await key('Espace client').tap();
  await expect(row('Espace client').getByTestId('code')).toBeVisible();
  await expectDigits(page, 'eight digits');
  await row('Espace client').getByTestId('code').tap();
  await expect(row('Espace client').getByRole('status')).not.toBeEmpty();
  await expectDigits(page, 'copied');
  await row('Société').getByRole('button').last().tap();
  await button('menu.details').tap();
  await expect(page.getByText(say('fact.created'))).toBeVisible();
  await expectDigits(page, 'details');
  await button('common.back').tap();
  await button('groups.manage').tap();
  await expectDigits(page, 'groups');
  await button('common.done').tap();
  await button('list.menu').tap();
  await button('menu.trash').tap();
  await expect(page.getByTestId('trashed-row')).toHaveCount(1);
  await expectDigits(page, 'trash');
  await button('common.back').tap();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await expectDigits(page, 'settings');
  await button('common.back').tap();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: `otpauth://hotp/Portail:jeanne?secret=${SECRETS.demo}&counter=1234&digits=8` });
  await expectDigits(page, 'a draft');
  await button('confirmEntry.saveAnyway').tap();
  await button('row.newCode').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  await expectDigits(page, 'a saved entry');
  await button('common.done').tap();
  await button('list.add').tap();
  await page.getByRole('button', { name: say('add.byHand') }).tap();
  await page.getByText(say('manualEntry.advanced')).tap();
  // What is typed stands as its code does.
  await expect(page.getByLabel(say('manualEntry.period'))).toHaveCSS('direction', 'ltr');
  await field('manualEntry.account').fill('12 34');
  await expect(field('manualEntry.account')).toHaveCSS('direction', 'ltr');
});

/** Where the characters of a name stand: its sign, and its first and its last letter. */
const ends = (page: Page, text: string) =>
  page.evaluate((wanted) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: { letter: number; sign: number; host: string }[] = [];
    while (texts.nextNode()) {
      const node = texts.currentNode as Text;
      const at = node.data.indexOf(wanted);
      const host = node.parentElement;
      if (at < 0 || !host?.checkVisibility() || host.closest('.sr, option')) continue;
      const leftOf = (offset: number) => {
        const range = document.createRange();
        range.setStart(node, at + offset);
        range.setEnd(node, at + offset + 1);
        return range.getBoundingClientRect().left;
      };
      const hosts = `${host.closest('[data-testid], [role], li, h1, h2, p, button')?.tagName} ${host.className}`;
      found.push({ letter: leftOf(0), sign: leftOf(wanted.length - 1), host: hosts });
    }
    return found;
  }, text);

/** Each time the name is seen, its sign stands left of its first letter: where the name ends. */
async function expectOwnDirection(page: Page, least: number, where: string): Promise<void> {
  await expect.poll(async () => (await ends(page, HEBREW)).length, { message: where }).toBeGreaterThanOrEqual(least);
  const wrong = (await ends(page, HEBREW)).filter(({ letter, sign }) => sign >= letter);
  expect(wrong, where).toEqual([]);
}

test.describe('names that are written from right to left', () => {
  test.use({ before: 'empty' });

  test('have their own text direction everywhere', async ({ page, start, core, say, button, field }) => {
    const link = (issuer: string, account: string, secret: string) =>
      `otpauth://totp/${encodeURIComponent(`${issuer}:${account}`)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
    const id = await addLink(core, link(HEBREW, HEBREW, SECRETS.demo));
    await addLink(core, link('demo', HEBREW, SECRETS.client));
    const { id: group } = await core.call<{ id: string }>('add_group', { name: HEBREW });
    await core.call('set_groups', { id, groups: [group] });
    const name = `${HEBREW}, ${HEBREW}`;
    await start();
    await expect(page.getByTestId('row')).toHaveCount(2);
    await expectOwnDirection(page, 4, 'rows and chips');
    // All begin at the same edge, beside their keys.
    const lefts = await page.locator('.row .first').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    expect(new Set(lefts).size).toBe(1);
    await page.getByRole('searchbox').fill('בנק');
    await expect(page.locator('mark').first()).toBeVisible();
    await expect(page.getByRole('searchbox')).toHaveCSS('direction', 'rtl');
    await page.getByRole('searchbox').fill('');
    await expect(page.locator('mark')).toHaveCount(0);

    await button('row.options', { name }).tap();
    await expectOwnDirection(page, 5, 'its menu');
    await button('menu.groups').tap();
    await expectOwnDirection(page, 6, 'its groups');
    await button('common.done').tap();
    await button('groups.manage').tap();
    await expectOwnDirection(page, 5, 'all groups');
    await button('groups.rename', { name: HEBREW }).tap();
    await expect(field('groups.name')).toHaveCSS('direction', 'rtl');
    await button('common.done').tap();

    await button('row.options', { name }).tap();
    await button('menu.details').tap();
    await expectOwnDirection(page, 3, 'details');
    await button('details.edit').tap();
    await expect(field('manualEntry.issuer')).toHaveCSS('direction', 'rtl');
    await button('common.cancel').tap();
    await button('list.menu').tap();
    await button('menu.reorder').tap();
    await expect(page.getByTestId('reorder-row')).toHaveCount(2);
    await expectOwnDirection(page, 3, 'the order');
    await button('common.back').tap();

    await button('list.add').tap();
    await pasteOrDrop(page, 'paste', { text: [link(HEBREW, HEBREW, SECRETS.demo), link(HEBREW, ARABIC, SECRETS.connect)].join('\n') });
    await expect(page.getByText(say('reviewImport.title'))).toBeVisible();
    await expectOwnDirection(page, 3, 'what was read');
    await page.getByRole('button', { name: new RegExp(`^${HEBREW}.*${say('reviewImport.known')}`) }).tap();
    await expect(field('manualEntry.issuer')).toHaveCSS('direction', 'rtl');
    await button('confirmEntry.useExisting').tap();
    await expect(page.getByTestId('saved-entry')).toBeVisible();
    await expectOwnDirection(page, 2, 'a saved entry');
    await page.keyboard.press('Escape');

    await button('row.options', { name }).tap();
    await button('menu.delete').tap();
    await expect(page.getByTestId('toast')).toContainText(say('toast.trashed', { name }));
    await expectOwnDirection(page, 2, 'a message');
    // The sentence goes on behind the name.
    const [toast] = (await ends(page, 'est dans la corbeille.')).filter(({ host }) => host.startsWith('P'));
    const [shown] = await ends(page, `${HEBREW}, ${HEBREW}`);
    expect(toast?.letter ?? 0).toBeGreaterThan(shown?.letter ?? Infinity);
    await button('list.menu').tap();
    await button('menu.trash').tap();
    await expect(page.getByTestId('trashed-row')).toHaveCount(1);
    await expectOwnDirection(page, 2, 'the trash');
    await button('trash.forEver', { name }).tap();
    await expectOwnDirection(page, 3, 'deleted for ever');
  });
});
