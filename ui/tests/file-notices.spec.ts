import { expect } from './support/app';
import { test } from './support/key-replacement';
import { setUpCredentials } from './support/credentials';
import { overrideStatus } from './support/override-status';
import { PASSPHRASE } from './support/vaults';

test.use({ before: 'closed' });

test('a long comparison of the file is reported', async ({ page, start, core, say }) => {
  await setUpCredentials(core, 'passphrase');
  overrideStatus(core, { comparing: true });
  await start();
  await expect(page.getByTestId('comparing')).toHaveText(say('comparison.busy'));
  // Until then nothing is written, and what was typed before is not brought back to be saved.
  const resumed = () => core.asked.some(({ cmd }) => cmd === 'restore_ui_state');
  expect(resumed()).toBe(false);
  overrideStatus(core, { comparing: false });
  await page.reload();
  await expect.poll(resumed).toBe(true);
});

test('a failed comparison of the file is reported once', async ({ page, start, core, say, button }) => {
  await setUpCredentials(core, 'passphrase');
  overrideStatus(core, { notCompared: true });
  await start();
  await expect(page.getByTestId('not-compared')).toContainText(say('comparison.not'));
  await button('common.understood').tap();
  await expect(page.getByTestId('not-compared')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await core.call('lock');
  await page.getByRole('textbox').fill(PASSPHRASE);
  await button('unlock.open').tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
  await expect(page.getByTestId('not-compared')).toHaveCount(0);
});

test.describe('on a disk that cannot be written', () => {
  for (const [what, changes] of [
    ['foreign', { foreign: true }],
    ['rolled-back', { savesBehind: 3 }],
  ] as const) {
    test(`${what}: nothing is offered that would be refused`, async ({ page, start, core }) => {
      await setUpCredentials(core, 'passphrase');
      overrideStatus(core, { ...changes, newerCopy: true, diskReadOnly: true });
      await start();
      await expect(page.getByTestId(what)).toBeVisible();
      await expect(page.getByTestId(what).getByRole('button')).toHaveCount(0);
    });
  }

  test('the settings replace no keys, and say why', async ({ page, start, core, say, suspicion }) => {
    await setUpCredentials(core, 'passphrase');
    overrideStatus(core, { diskReadOnly: true });
    await start();
    await suspicion();
    await expect(page.getByTestId('toast')).toContainText(say('readOnly.diskReason'));
    await expect(page.getByRole('heading', { name: say('settings.title') })).toBeVisible();
  });
});

for (const [platform, times] of [['desktop', 1], ['android', 0]] as const) {
  test.describe(platform, () => {
    test.use({ platform });

    test(`${times > 0 ? 'advises' : 'does not advise'} to put a file back`, async ({ page, start, core, say }) => {
      await setUpCredentials(core, 'passphrase');
      await start();
      for (const [what, changes] of [
        ['foreignVault', { foreign: true }],
        ['rollback', { foreign: false, savesBehind: 3 }],
      ] as const) {
        overrideStatus(core, { ...changes, newerCopy: false });
        await page.reload();
        await expect(page.getByText(say(`${what}.what`))).toBeVisible();
        await expect(page.getByText(say(`${what}.advice`))).toHaveCount(times);
      }
    });
  });
}
