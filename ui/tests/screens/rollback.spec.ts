import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/app';
import { readVault, VAULT } from '../support/damage';
import { picture } from '../support/screen';
import { addLink, rows, SECRETS, unlock } from '../support/vaults';

test('an older vault in the place of a newer one is told, and kept only when that is chosen', async ({
  page,
  folder,
  start,
  core,
  say,
  button,
}) => {
  const older = readVault(folder);
  // The device is told within a second or two.
  const seen = async () => (await core.device()).generation ?? 0;
  await expect.poll(seen, { timeout: 10_000 }).toBeGreaterThan(0);
  const before = await seen();
  await addLink(core, `otpauth://totp/Portail:moi?secret=${SECRETS.demo}&issuer=Portail`);
  await expect.poll(seen, { timeout: 10_000 }).toBeGreaterThan(before);
  await core.call('lock');
  writeFileSync(join(folder, VAULT), older);
  await unlock(core);
  await start();
  await expect(page.getByTestId('rolled-back')).toContainText(say('rollback.what'));
  await expect(page.getByTestId('row')).toHaveCount(6);
  await picture(page, '90-rolled-back');
  await page.setViewportSize({ width: 320, height: 568 });
  await picture(page, '91-narrow-rolled-back');

  await button('rollback.accept').tap();
  await expect(page.getByTestId('rolled-back')).toHaveCount(0);
  expect(await core.call('status')).toMatchObject({ savesBehind: 0 });
  expect(await rows(core)).toHaveLength(6);
});

test('a newer copy beside it can be taken, and nothing is changed before', async ({ page, folder, start, core, say, button }) => {
  const older = readVault(folder);
  for (const account of ['first', 'second']) {
    await addLink(core, `otpauth://totp/Portail:${account}?secret=${SECRETS.demo}&issuer=Portail`);
  }
  await core.call('lock');
  writeFileSync(join(folder, VAULT), older);
  await unlock(core);
  await start();
  await expect(page.getByTestId('rolled-back')).toContainText(say('rollback.newer'));
  await expect(page.getByTestId('row')).toHaveCount(6);
  await picture(page, '92-newer-copy');
  const id = (await rows(core))[0]?.id;
  await expect(core.call('trash_entry', { id })).rejects.toThrow(/vaultOlder/);

  await button('rollback.take').tap();
  await expect(page.getByTestId('rolled-back')).toHaveCount(0);
  await expect(page.getByTestId('row')).toHaveCount(7);
  expect(await core.call('status')).toMatchObject({ savesBehind: 0, newerCopy: false });
});
