import { expect } from './support/app';
import { test } from './support/key-replacement';
import { setUpCredentials } from './support/credentials';
import { overrideStatus } from './support/override-status';
import { rows } from './support/vaults';

test.use({ before: 'closed' });

test.beforeEach(async ({ core }) => {
  await setUpCredentials(core, 'passphrase');
  await core.call('set_new_secrets_checklist', { wanted: true });
});

test('a tick that is refused is taken back', async ({ page, start, core, say, button }) => {
  await start();
  await button('newSecretsChecklist.open').tap();
  core.refuse('tick_new_secret', 'diskFull');
  await page.getByRole('checkbox', { name: 'demo' }).tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.diskFull'));
  await expect(page.getByRole('checkbox', { name: 'demo' })).not.toBeChecked();
  await expect(page.getByTestId('renewals-left')).toHaveText(say('newSecretsChecklist.left_other', { count: 6 }));
});

test('a tick while another is being saved is not lost', async ({ page, start, core, say, button }) => {
  await start();
  await button('newSecretsChecklist.open').tap();
  const send = core.send.bind(core);
  let answer = () => undefined as void;
  const held = new Promise<void>((resolve) => (answer = resolve));
  core.send = async (call) => {
    if (call.cmd === 'tick_new_secret') await held;
    return send(call);
  };
  await page.getByRole('checkbox', { name: 'demo' }).tap();
  await page.getByRole('checkbox', { name: 'Steam' }).tap();
  answer();
  await expect(page.getByTestId('renewals-left')).toHaveText(say('newSecretsChecklist.left_other', { count: 4 }));
  await expect(page.getByRole('checkbox', { name: 'Steam' })).toBeChecked();
});

test('what is left is counted anew once the list is back in sight', async ({ page, start, core, say, button }) => {
  const notice = page.getByTestId('renewals-notice');
  await start();
  await expect(notice).toContainText(say('newSecretsChecklist.left_other', { count: 6 }));
  await button('list.menu').tap();
  await button('help.title').tap();
  await core.call('trash_entry', { id: (await rows(core))[0]?.id });
  await button('common.back').tap();
  await expect(notice).toContainText(say('newSecretsChecklist.left_other', { count: 5 }));
});

test('nothing is ticked, and the list is not ended, on a disk that cannot be written', async ({ page, start, core, say, button }) => {
  overrideStatus(core, { diskReadOnly: true });
  await start();
  await button('newSecretsChecklist.open').tap();
  await expect(page.getByText(say('readOnly.diskReason'))).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(6);
  for (const box of await page.getByRole('checkbox').all()) await expect(box).toBeDisabled();
  await expect(button('newSecretsChecklist.end')).toBeDisabled();
});
