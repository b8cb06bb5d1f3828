import { expect } from './support/app';
import { fakeOldCopies, NEW_PASSPHRASE, test } from './support/key-replacement';
import { setUpCredentials } from './support/credentials';
import { PASSPHRASE } from './support/vaults';

test.use({ before: 'closed' });

test('an existing checklist of services is restarted only if the user chooses so', async ({
  page, start, core, say, button, option, settings, newPassphrase,
}) => {
  await setUpCredentials(core, 'passphrase');
  await core.call('list_renewals', { wanted: true });
  const [first] = await core.call<{ id: string }[]>('renewals');
  await core.call('tick_renewal', { id: first?.id, done: true });
  await start();
  const ticked = page.getByRole('checkbox', { checked: true });
  const replace = async (passphrase: string, words?: 'without words') => {
    await option('keys.suspicion').tap();
    if (words) await page.getByLabel(say('way.recovery')).selectOption({ label: say('fate.remove') });
    await button('common.continue').tap();
    await newPassphrase(passphrase);
  };
  await settings();
  await replace(NEW_PASSPHRASE, 'without words');
  await expect(button('keys.servicesAct')).toHaveCount(0);
  await button('renewals.open').tap();
  await expect(ticked).toHaveCount(1);
  await button('common.back').tap();
  await replace(PASSPHRASE);
  await button('renewals.again').tap();
  const asks = page.getByRole('dialog', { name: say('renewals.askAgain') });
  await button('common.cancel').tap();
  await expect(asks).toHaveCount(0);
  await button('renewals.again').tap();
  await asks.getByRole('button', { name: say('renewals.again') }).tap();
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
  for (const title of [say('kept.title'), say('settings.title')]) {
    await files.first().getByRole('button').tap();
    await page.getByRole('dialog').getByRole('button', { name: say('kept.delete') }).tap();
    await expect(page.getByRole('heading', { name: title, exact: true })).toBeFocused();
  }
  await expect(files).toHaveCount(0);
  await button('common.back').tap();
  core.refuse('kept_files', 'storageFailed');
  await settings();
  await expect(page.getByRole('alert')).toHaveText(say('error.storageFailed'));
});
