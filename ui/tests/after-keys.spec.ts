import { expect } from './support/app';
import { fakeOldCopies, NEW_PASSPHRASE, test } from './support/key-replacement';
import { setUpCredentials } from './support/credentials';
import { PASSPHRASE } from './support/vaults';

test.use({ before: 'closed' });

test('an existing checklist of services is restarted only if the user chooses so', async ({
  page, start, core, say, button, option, settings, newPassphrase,
}) => {
  await setUpCredentials(core, 'passphrase');
  await core.call('set_new_secrets_checklist', { wanted: true });
  const [first] = await core.call<{ id: string }[]>('new_secrets_checklist');
  await core.call('tick_new_secret', { id: first?.id, done: true });
  await start();
  const ticked = page.getByRole('checkbox', { checked: true });
  const replace = async (passphrase: string, words?: 'without words') => {
    await option('keyReplacement.suspicion').tap();
    if (words) await page.getByLabel(say('credential.recovery')).selectOption({ label: say('outcome.remove') });
    await button('common.continue').tap();
    await newPassphrase(passphrase);
  };
  await settings();
  await replace(NEW_PASSPHRASE, 'without words');
  await expect(button('keyReplacement.servicesAct')).toHaveCount(0);
  await button('newSecretsChecklist.open').tap();
  await expect(ticked).toHaveCount(1);
  await button('common.back').tap();
  await replace(PASSPHRASE);
  await button('newSecretsChecklist.again').tap();
  const asks = page.getByRole('dialog', { name: say('newSecretsChecklist.askAgain') });
  await button('common.cancel').tap();
  await expect(asks).toHaveCount(0);
  await button('newSecretsChecklist.again').tap();
  await asks.getByRole('button', { name: say('newSecretsChecklist.again') }).tap();
  await expect(page.getByTestId('tick')).toHaveCount(6);
  await expect(ticked).toHaveCount(0);
});

test('old files are listed in the settings, too, and a folder that cannot be read is reported', async ({
  page, start, core, say, button, settings,
}) => {
  await setUpCredentials(core, 'passphrase');
  // Two within one minute.
  fakeOldCopies(core, [9, 40].map((second) => Date.UTC(2026, 10, 12, 9, 0, second)));
  await start();
  await settings();
  const files = page.getByTestId('kept-file');
  await expect(files).toHaveCount(2);
  const labels = await files.getByRole('button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  expect(new Set(labels).size).toBe(2);
  for (const title of [say('setAsideFiles.title'), say('settings.title')]) {
    await files.first().getByRole('button').tap();
    await page.getByRole('dialog').getByRole('button', { name: say('setAsideFiles.delete') }).tap();
    await expect(page.getByRole('heading', { name: title, exact: true })).toBeFocused();
  }
  await expect(files).toHaveCount(0);
  await button('common.back').tap();
  core.refuse('set_aside_files', 'storageFailed');
  await settings();
  await expect(page.getByRole('alert')).toHaveText(say('error.storageFailed'));
});
