import type { Locator, Page } from '@playwright/test';
import type { Draft, SavedEntries, ScanResult } from '../src/ipc/wire';
import { expect, test } from './support/app';
import type { Core } from './support/core';
import { pasteOrDrop } from './support/paste-or-drop';
import { rows, SECRETS } from './support/vaults';
import { fr } from './support/words';

/** A secret for each number. The same number gives the same entry. */
function secretOf(index: number): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const tail = [15, 10, 5, 0].map((shift) => digits[(index >> shift) & 31]).join('');
  return `PBRGK3DPNZTSA53IN5WXG5DPOJ4W${tail}`;
}
const linkOf = (issuer: string, index: number) =>
  `otpauth://totp/${encodeURIComponent(issuer)}:jeanne?issuer=${encodeURIComponent(issuer)}&secret=${secretOf(index)}`;

/** Adds this many entries, a hundred at a time. */
async function fill(core: Core, count: number): Promise<void> {
  for (let from = 0; from < count; from += 100) {
    const links = Array.from({ length: 100 }, (_, at) => linkOf(`Entry ${String(from + at).padStart(4, '0')}`, from + at));
    const { drafts } = await core.call<ScanResult>('import_text', { text: links.join('\n') });
    const { ids } = await core.call<SavedEntries>('save_drafts', { draftIds: drafts.map(({ draftId }: Draft) => draftId) });
    expect(ids).toHaveLength(100);
  }
}

async function sortBy(core: Core, sort: string): Promise<void> {
  const appearance = await core.call<object>('appearance');
  await core.call('set_appearance', { appearance: { ...appearance, sort } });
}

const search = (page: Page) => page.getByRole('searchbox');

/** Expects that the whole row is visible and highlighted, and that its key has the focus. */
async function expectBrought(page: Page, row: Locator): Promise<void> {
  await expect(row.getByRole('button').first()).toBeFocused();
  await expect(row).toHaveClass(/fresh/);
  await expect(row).toBeInViewport({ ratio: 1 });
  const [box, header, button] = [
    await row.boundingBox(),
    await page.locator('main.list > header').boundingBox(),
    await page.getByRole('button', { name: fr('list.add'), exact: true }).boundingBox(),
  ];
  if (!box || !header || !button) throw new Error('the list is not there');
  expect(box.y).toBeGreaterThanOrEqual(header.y + header.height);
  expect(box.y + box.height).toBeLessThanOrEqual(button.y);
}

/** From the list to the last screen of a new entry, by a link. */
async function save(page: Page, button: (key: string) => Locator, link: string): Promise<void> {
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: link });
  await button('confirmEntry.save').tap();
  await expect(button('common.done')).toBeVisible();
}

for (const how of ['the last screen', 'Escape'] as const) {
  test(`an entry that is added during a search is in sight, after ${how}`, async ({ page, start, button, row }) => {
    await start();
    await search(page).fill('demo');
    await expect(page.getByTestId('row')).toHaveCount(1);
    await save(page, button, linkOf('Portail', 1));
    if (how === 'Escape') await page.keyboard.press('Escape');
    else await button('common.done').tap();
    await expectBrought(page, row('Portail'));
    await expect(search(page)).toHaveValue('');
    await expect(page.getByTestId('row')).toHaveCount(7);
  });
}

test('an entry that is added while a group is chosen is visible', async ({ page, start, core, say, button, row }) => {
  const { id: group } = await core.call<{ id: string }>('add_group', { name: 'Work' });
  const [first] = await rows(core);
  await core.call('set_groups', { id: first?.id, groups: [group] });
  await start();
  await page.getByRole('button', { name: 'Work', exact: true }).tap();
  await expect(page.getByTestId('row')).toHaveCount(1);
  await save(page, button, linkOf('Portail', 1));
  await button('common.done').tap();
  await expectBrought(page, row('Portail'));
  await expect(page.getByRole('button', { name: 'Work', exact: true })).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('button', { name: say('groups.all'), exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('all new entries of a transfer are highlighted', async ({ page, start, button, row }) => {
  await start();
  await search(page).fill('demo');
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: [linkOf('Portail', 1), linkOf('Guichet', 2)].join('\n') });
  await page.getByRole('button', { name: /2/ }).tap();
  await expectBrought(page, row('Portail'));
  await expect(row('Guichet')).toHaveClass(/fresh/);
  await expect(page.locator('.fresh')).toHaveCount(2);
  await expect(page.locator('.fresh'), 'for a while').toHaveCount(0);
});

test('an existing entry that the user keeps is visible', async ({ page, start, button, row }) => {
  await start();
  await search(page).fill('Steam');
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: `otpauth://totp/other:me?secret=${SECRETS.demo}&issuer=other` });
  await button('confirmEntry.useExisting').tap();
  await button('common.done').tap();
  await expectBrought(page, row('demo'));
});

test('the last of several entries saved one by one is visible', async ({ page, start, button, row }) => {
  await start();
  await search(page).fill('demo');
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: [linkOf('Portail', 1), linkOf('Guichet', 2)].join('\n') });
  await page.getByRole('button', { name: /^Guichet/ }).tap();
  await button('confirmEntry.save').tap();
  await button('common.done').tap();
  await button('common.back').tap();
  await expectBrought(page, row('Guichet'));
});

test('a restored entry is visible, and a search that finds it stays', async ({ page, start, core, button, row }) => {
  const name = 'demo, john.doe - desksecurium';
  const trash = async () => {
    await button('list.menu').tap();
    await button('menu.trash').tap();
    await button('trash.restoreLabel', { name }).tap();
    await expect(button('trash.restoreLabel', { name })).toHaveCount(0);
    await button('common.back').tap();
  };
  const demo = (await rows(core)).find(({ issuer }) => issuer === 'demo');
  await core.call('trash_entry', { id: demo?.id });
  await start();
  await search(page).fill('Steam');
  await expect(page.getByTestId('row')).toHaveCount(1);
  await trash();
  await expectBrought(page, row('demo'));
  await expect(search(page)).toHaveValue('');

  await core.call('trash_entry', { id: demo?.id });
  await search(page).fill('john');
  await expect(page.getByTestId('row')).toHaveCount(2);
  await trash();
  await expectBrought(page, row('demo'));
  await expect(search(page)).toHaveValue('john');
});

test('an entry is visible after an undo, also during another search', async ({ page, start, button, row }) => {
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.delete').tap();
  await expect(row('demo')).toHaveCount(0);
  await search(page).fill('Steam');
  await expect(page.getByTestId('row')).toHaveCount(1);
  await button('common.undo').tap();
  await expectBrought(page, row('demo'));
});

test('an entry is visible after a rename that the search does not match', async ({ page, start, button, field, row }) => {
  await start();
  await search(page).fill('demo');
  await row('demo').getByRole('button').last().tap();
  await button('menu.edit').tap();
  await field('manualEntry.issuer').fill('Portail');
  await field('manualEntry.account').fill('jeanne');
  await button('common.save').tap();
  await expectBrought(page, row('Portail'));
  await expect(search(page)).toHaveValue('');
});

test.describe('among 1,000', () => {
  test.use({ before: 'empty' });

  test('the list scrolls to a distant entry that is added, renamed or restored', async ({
    page,
    start,
    core,
    button,
    field,
    row,
  }) => {
    await fill(core, 1000);
    await sortBy(core, 'name');
    await start();
    await expect(page.getByTestId('row').first()).toContainText('Entry 0000');
    await save(page, button, linkOf('Entry 0700 and a half', 5000));
    await button('common.done').tap();
    await expectBrought(page, row('Entry 0700 and a half'));
    await expect(page.locator('[aria-posinset="702"]')).toContainText('Entry 0700 and a half');
    await expect(page.locator('[aria-posinset="701"]')).toContainText('Entry 0700');
    expect(await page.getByTestId('row').count()).toBeLessThanOrEqual(50);

    await row('Entry 0700 and a half').getByRole('button').last().tap();
    await button('menu.edit').tap();
    await field('manualEntry.issuer').fill('A new name');
    await button('common.save').tap();
    await expectBrought(page, row('A new name'));
    await expect(page.locator('[aria-posinset="1"]')).toContainText('A new name');

    // During a search that was scrolled, too.
    await search(page).fill('entry 09');
    await expect(page.locator('[aria-posinset="1"]')).toHaveAttribute('aria-setsize', '119');
    await page.getByRole('main').evaluate((main) => void (main.scrollTop = 4000));
    await save(page, button, linkOf('Entry 0300 and a half', 5001));
    await button('common.done').tap();
    await expectBrought(page, row('Entry 0300 and a half'));
    await expect(page.locator('[aria-posinset="303"]')).toContainText('Entry 0300 and a half');
    // A row in sight stays where it is.
    const top = () => page.locator('[aria-posinset="302"]').evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await row('Entry 0300 and a half').getByRole('button').last().tap();
    await button('menu.delete').tap();
    await button('common.undo').tap();
    await expectBrought(page, row('Entry 0300 and a half'));
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
  });
});
