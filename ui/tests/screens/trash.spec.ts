import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { rows } from '../support/vaults';

test('the trash, and its questions', async ({ page, start, core, button }) => {
  for (const { id } of (await rows(core)).slice(0, 3)) await core.call('trash_entry', { id });
  await start();
  await button('list.menu').tap();
  await button('menu.trash').tap();
  await expect(page.getByTestId('trashed-row')).toHaveCount(3);
  await picture(page, '154-trash');
  await button('trash.forEver', { name: 'CC Commerce Suisse, john.doe' }).tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, '155-for-ever');
  await button('common.cancel').tap();
  await button('trash.emptyAct').tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, '156-empty-the-trash');
});
