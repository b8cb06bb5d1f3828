import type { Core } from '../support/core';
import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { rows } from '../support/vaults';

/** Groups of these names, the first with two entries. */
async function make(core: Core, ...names: string[]): Promise<void> {
  const groups: string[] = [];
  for (const name of names) groups.push((await core.call<{ id: string }>('add_group', { name })).id);
  const [first] = groups;
  for (const { id } of (await rows(core)).slice(0, 2)) await core.call('set_groups', { id, groups: [first] });
}

const MANY = ['Travail', 'Maison', 'Association de quartier', 'Comptabilité et assurances sociales', 'Voyages'];

test('the chips, a group, and an empty one', async ({ page, start, core, say, button }) => {
  await make(core, ...MANY);
  await start();
  await expect(page.getByRole('group', { name: say('groups.title') }).getByRole('button')).toHaveCount(7);
  await picture(page, '140-chips');
  await page.getByRole('button', { name: 'Travail', exact: true }).tap();
  await expect(page.getByTestId('row')).toHaveCount(2);
  await picture(page, '141-group');
  await page.getByRole('button', { name: 'Voyages', exact: true }).tap();
  await expect(page.getByText(say('groups.empty'))).toBeVisible();
  await picture(page, '142-group-empty');
  await button('groups.showAll').tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
});

test("an entry's groups", async ({ page, start, say, button, row, field }) => {
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.groups').tap();
  await expect(page.getByText(say('groups.why'))).toBeVisible();
  await picture(page, '143-entry-groups-none');
  await button('groups.add').tap();
  await expect(field('groups.name')).toBeFocused();
  await picture(page, '144-entry-groups-new');
  await field('groups.name').fill('Travail');
  await button('common.save').tap();
  await expect(page.getByRole('checkbox', { name: 'Travail' })).toBeChecked();
  await picture(page, '145-entry-groups');
});

test('managing the groups', async ({ page, start, core, say, button, field }) => {
  await make(core, 'Travail', 'Maison');
  await start();
  await button('groups.manage').tap();
  await expect(page.getByTestId('group')).toHaveCount(2);
  await picture(page, '146-groups');
  await button('groups.rename', { name: 'Travail' }).tap();
  await field('groups.name').fill('maison');
  await button('common.save').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.groupExists'));
  await picture(page, '147-groups-rename');
  await button('common.cancel').tap();
  await button('groups.remove', { name: 'Maison' }).tap();
  await expect(page.getByText(say('groups.removeWhat'))).toBeVisible();
  await picture(page, '148-groups-remove');
});
