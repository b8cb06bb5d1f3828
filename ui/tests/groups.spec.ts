import { expect, test } from './support/app';
import { rows } from './support/vaults';

const chip = (name: string) => ({ name, exact: true });

test('a group is created from an entry, lists it, is renamed and removed', async ({
  page,
  start,
  core,
  say,
  button,
  field,
  row,
}) => {
  await start();
  await expect(button('groups.manage')).toHaveCount(0);
  await row('demo').getByRole('button').last().tap();
  await button('menu.groups').tap();
  await button('groups.add').tap();
  await field('groups.name').fill('  ');
  await button('common.save').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.groupNameMissing'));
  await field('groups.name').fill(' Travail ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'Travail' })).toBeChecked();
  await expect(button('common.done')).toBeFocused();
  await button('common.done').tap();

  await page.getByRole('button', chip('Travail')).tap();
  await expect(page.getByTestId('row')).toHaveCount(1);
  await expect(row('demo')).toBeVisible();
  await expect(page.getByRole('button', chip('Travail'))).toHaveAttribute('aria-pressed', 'true');

  // The search stays within the group.
  const search = page.getByRole('searchbox', { name: say('list.search') });
  await search.fill('steam');
  await expect(page.getByText(say('list.nothingFound'))).toBeVisible();
  await button('groups.showAll').tap();
  await expect(row('Steam')).toBeVisible();
  await search.fill('travail');
  await expect(page.getByTestId('row')).toHaveCount(1);
  await search.fill('');

  await button('groups.manage').tap();
  await button('groups.rename', { name: 'Travail' }).tap();
  await expect(field('groups.name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeVisible();
  await button('groups.rename', { name: 'Travail' }).tap();
  await field('groups.name').fill('Bureau');
  await button('common.save').tap();
  await expect(page.getByTestId('group')).toContainText('Bureau');
  await button('common.done').tap();
  await page.getByRole('button', chip('Bureau')).tap();
  await expect(page.getByTestId('row')).toHaveCount(1);

  // Away while it is chosen: all are there again.
  await button('groups.manage').tap();
  await button('groups.remove', { name: 'Bureau' }).tap();
  await button('groups.removeAct').tap();
  await expect(page.getByTestId('group')).toHaveCount(0);
  await button('common.done').tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
  await expect(button('groups.manage')).toHaveCount(0);
  expect(await rows(core)).toHaveLength(6);
});

test('an entry in several groups, and in none', async ({ page, start, core, say, button, row }) => {
  for (const name of ['Un', 'Deux']) await core.call('add_group', { name });
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.groups').tap();
  const box = (name: string) => page.getByRole('checkbox', { name });
  await box('Un').tap();
  await expect(box('Un')).toBeChecked();
  await box('Deux').tap();
  await expect(box('Deux')).toBeChecked();
  await page.keyboard.press('Escape');
  for (const name of ['Un', 'Deux']) {
    await page.getByRole('button', chip(name)).tap();
    await expect(page.getByTestId('row')).toHaveCount(1);
  }
  await row('demo').getByRole('button').last().tap();
  await button('menu.details').tap();
  await expect(page.getByText('\u2068Un\u2069, \u2068Deux\u2069')).toBeVisible();
  await button('common.back').tap();
  await row('demo').getByRole('button').last().tap();
  await button('menu.groups').tap();
  await button('groups.none').tap();
  await expect(box('Un')).not.toBeChecked();
  await expect(box('Deux')).not.toBeChecked();
  await button('common.done').tap();
  await expect(page.getByText(say('groups.empty'))).toBeVisible();
});

test('a second group that is ticked while the first one is being saved is saved, too', async ({ page, start, core, say, button, row }) => {
  for (const name of ['Un', 'Deux']) await core.call('add_group', { name });
  const send = core.send.bind(core);
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  core.send = async (call) => {
    if (call.cmd === 'set_groups') await held;
    return send(call);
  };
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.groups').tap();
  const boxes = ['Un', 'Deux'].map((name) => page.getByRole('checkbox', { name }));
  for (const box of boxes) await box.tap();
  go();
  for (const box of boxes) await expect(box).toBeChecked();
  await expect(page.getByText(say('groups.none'))).toBeVisible();
});

test('an error of the core is shown, and the checkbox stays as it was', async ({ page, start, core, say, button, row }) => {
  await core.call('add_group', { name: 'Un' });
  core.refuse('set_groups', 'diskFull');
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.groups').tap();
  await page.getByRole('checkbox').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.diskFull'));
  await expect(page.getByRole('checkbox')).not.toBeChecked();
});

test('by keyboard alone', async ({ page, start, core, button }) => {
  for (const name of ['Un', 'Deux', 'Une très longue appellation de groupe', 'Encore un groupe']) {
    await core.call('add_group', { name });
  }
  await start();
  await page.getByRole('searchbox').focus();
  for (let tab = 0; tab < 5; tab += 1) await page.keyboard.press('Tab');
  const last = page.getByRole('button', chip('Encore un groupe'));
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await expect(last).toHaveAttribute('aria-pressed', 'true');
  await expect(last).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button('groups.manage')).toBeFocused();
});

test.describe('the previous copy', () => {
  test.use({ before: 'closed' });

  test('groups can be chosen and not changed', async ({ page, start, core, say, button }) => {
    await core.call('unlock', { credential: 'passphrase', text: 'quatre mots sans lien' });
    const { id: group } = await core.call<{ id: string }>('add_group', { name: 'Un' });
    const [first] = await rows(core);
    await core.call('set_groups', { id: first?.id, groups: [group] });
    const status = await core.call<object>('status');
    const send = core.send.bind(core);
    core.send = async (call) => (call.cmd === 'status' ? { ok: { ...status, phase: 'readOnly' } } : send(call));
    await start();
    await button('groups.manage').tap({ force: true });
    await expect(page.getByTestId('toast')).toContainText(say('readOnly.reason'));
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', chip('Un')).tap();
    await expect(page.getByTestId('row')).toHaveCount(1);
  });
});
