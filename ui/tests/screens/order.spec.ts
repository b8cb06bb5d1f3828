import { expect, test } from '../support/app';
import { picture } from '../support/screen';
import { rows } from '../support/vaults';

test('the order', async ({ page, start, core, say, button }) => {
  const [first] = await rows(core);
  const changes = { issuer: first?.issuer, account: first?.account, note: '', favourite: true };
  await core.call('update_entry', { id: first?.id, changes });
  await start();
  await button('list.menu').tap();
  await picture(page, '149-menu');
  await button('menu.reorder').tap();
  await expect(page.getByTestId('reorder-row')).toHaveCount(6);
  await picture(page, '150-order');
  await button('order.handle', { name: 'demo, john.doe - desksecurium' }).tap();
  await button('order.down', { name: 'demo, john.doe - desksecurium' }).tap();
  await picture(page, '151-order-lifted');

  await page.keyboard.press('Escape');
  const handle = page.getByTestId('reorder-row').nth(2).getByRole('button');
  const grip = await handle.boundingBox();
  await page.mouse.move((grip?.x ?? 0) + 20, (grip?.y ?? 0) + 20);
  await page.mouse.down();
  await page.mouse.move((grip?.x ?? 0) + 20, (grip?.y ?? 0) + 190, { steps: 8 });
  await page.waitForTimeout(100);
  await picture(page, '152-order-drawn');
  await page.mouse.up();
  await expect(page.getByText(say('order.how'))).toBeVisible();
});

test('the order, where the list follows another', async ({ page, start, core, say, button }) => {
  const appearance = await core.call<object>('appearance');
  await core.call('set_appearance', { appearance: { ...appearance, sort: 'mostUsed' } });
  await start();
  await button('list.menu').tap();
  await button('menu.reorder').tap();
  await expect(page.getByText(say('order.other', { order: say('settings.sortMostUsed') }))).toBeVisible();
  await picture(page, '153-order-other');
  await button('order.use').tap();
  await expect(button('order.use')).toHaveCount(0);
});
