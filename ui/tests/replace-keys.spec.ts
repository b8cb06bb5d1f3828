import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from './support/app';
import { Core } from './support/core';
import { readVault, VAULT } from './support/damage';
import { passWords } from './support/first-run';
import { NEW_PASSPHRASE, rejectionCode, test, unlockCredentials } from './support/key-replacement';
import { setUpCredentials } from './support/credentials';
import { newFolder } from './support/places';
import { PASSPHRASE, PIN, rows, unlock } from './support/vaults';

test.use({ before: 'closed' });

test('a changed passphrase: an old copy opens with the old one, and nothing later does', async ({
  page, folder, start, core, say, button, fate, act, opening, newPassphrase, vaults,
}) => {
  await setUpCredentials(core, 'passphrase');
  const old = readVault(folder);
  await start();
  await opening();
  await act('change', 'passphrase').tap();
  await expect(fate('passphrase')).toContainText(say('outcome.passphraseNew'));
  await expect(fate('recovery')).toContainText(say('outcome.recoveryNew'));
  await button('common.continue').tap();
  const words = await passWords(page, say);
  await newPassphrase();
  await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
  await expect(page.getByTestId('old-paper')).toHaveText(say('keyReplacement.oldPaper'));
  await button('common.done').tap();
  await expect(page.getByRole('heading', { name: say('unlockMethods.title') })).toBeVisible();

  expect(await rejectionCode(core, 'passphrase', PASSPHRASE)).toBe('credentialRejected');
  expect(await rejectionCode(core, 'recovery', vaults.filled.words.join(' '))).toBe('credentialRejected');
  await core.call('reauthenticate', { credential: 'passphrase', text: NEW_PASSPHRASE });
  await core.call('reauthenticate', { credential: 'recovery', text: words.join(' ') });
  const elsewhere = newFolder();
  writeFileSync(join(elsewhere, VAULT), old);
  const copy = new Core(elsewhere);
  await unlock(copy);
  expect(await rows(copy)).toHaveLength(6);
  await copy.end();
  rmSync(elsewhere, { recursive: true });
});

test('a passphrase is removed beside an access code', async ({ page, start, core, say, button, fate, act, opening }) => {
  await setUpCredentials(core, 'pin and passphrase');
  await start();
  await opening();
  await act('remove', 'passphrase').tap();
  await expect(fate('passphrase')).toContainText(say('outcome.passphraseGoes'));
  await expect(fate('pin')).toContainText(say('outcome.stays'));
  await button('common.continue').tap();
  await passWords(page, say);
  await button('common.done').tap();
  await expect(act('add', 'passphrase')).toBeVisible();
  expect(await unlockCredentials(core)).toEqual(['pin', 'recovery']);
  await core.call('reauthenticate', { credential: 'pin', text: PIN });
});

test('renewed words take the place of the old ones, and the passphrase is checked', async ({
  page, start, core, say, button, field, act, opening, vaults,
}) => {
  await setUpCredentials(core, 'pin and passphrase');
  await start();
  await opening();
  await act('renew', 'recovery').tap();
  await button('common.continue').tap();
  const words = await passWords(page, say);
  await expect(page.getByRole('heading', { name: say('keyReplacement.typePass') })).toBeVisible();
  await field('passphrase.label').fill('autre chose');
  await button('keyReplacement.act').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.credentialRejected'));
  await expect(field('passphrase.label')).toBeFocused();
  await field('passphrase.label').fill(PASSPHRASE);
  await button('keyReplacement.act').tap();
  await button('common.done').tap();
  await expect(act('renew', 'recovery')).toBeVisible();
  expect(await rejectionCode(core, 'recovery', vaults.filled.words.join(' '))).toBe('credentialRejected');
  for (const [credential, text] of [['recovery', words.join(' ')], ['passphrase', PASSPHRASE], ['pin', PIN]] as const) {
    await core.call('reauthenticate', { credential, text });
  }
});

test('words that are not checked stay a reminder, which leads to others', async ({
  page, start, core, say, button, field, act, opening,
}) => {
  await setUpCredentials(core, 'passphrase');
  await start();
  await opening();
  await act('renew', 'recovery').tap();
  await button('common.continue').tap();
  await button('recoveryWords.later').tap();
  await button('recoveryWords.laterConfirm').tap();
  await field('passphrase.label').fill(PASSPHRASE);
  await button('keyReplacement.act').tap();
  await expect(page.getByText(say('keyReplacement.wordsPending'))).toBeVisible();
  await button('common.done').tap();
  await button('common.back').tap();
  await button('common.back').tap();
  await expect(page.getByTestId('recovery-reminder')).toContainText(say('list.reminder'));
  await button('list.reminderAct').tap();
  await expect(page.getByRole('heading', { name: say('keyReplacement.words') })).toBeVisible();
});

test('the last thing that opens a copy goes only behind a warning', async ({ page, start, core, say, button, act, opening }) => {
  await setUpCredentials(core, 'pin');
  await start();
  await opening();
  await act('remove', 'recovery').tap();
  const asks = page.getByRole('dialog', { name: say('keyReplacement.copyAsk') });
  await button('keyReplacement.act').tap();
  await expect(asks).toContainText(say('keyReplacement.copy'));
  await button('common.cancel').tap();
  await expect(asks).toHaveCount(0);
  await button('keyReplacement.act').tap();
  expect(await unlockCredentials(core)).toEqual(['pin', 'recovery']);
  await button('keyReplacement.anyway').tap();
  await button('common.done').tap();
  await expect(act('add', 'recovery')).toBeVisible();
  expect(await unlockCredentials(core)).toEqual(['pin']);
});

test('a first passphrase takes the place of "no code"', async ({ page, start, core, say, button, fate, act, opening, newPassphrase }) => {
  await setUpCredentials(core, 'no code');
  await start();
  await opening();
  await act('add', 'passphrase').tap();
  await expect(fate('device')).toContainText(say('outcome.deviceGoes'));
  await button('common.continue').tap();
  await passWords(page, say);
  await newPassphrase();
  await button('common.done').tap();
  await expect(act('change', 'passphrase')).toBeVisible();
  expect(await unlockCredentials(core)).toEqual(['passphrase', 'recovery']);
});

test('a suspicion: the keys are replaced, and the services are ticked off', async ({
  page, start, core, say, button, option, suspicion, newPassphrase,
}) => {
  await setUpCredentials(core, 'passphrase');
  await start();
  await suspicion();
  await button('common.continue').tap();
  await passWords(page, say);
  await newPassphrase();
  await expect(page.getByText(say('keyReplacement.services'))).toBeVisible();
  await button('keyReplacement.servicesAct').tap();
  const tick = (name: string) => page.getByRole('checkbox', { name });
  await tick('demo').tap();
  await expect(page.getByTestId('renewals-left')).toHaveText(say('newSecretsChecklist.left_other', { count: 5 }));
  await expect(tick('demo')).toBeChecked();
  await tick('demo').tap();
  await expect(page.getByTestId('renewals-left')).toHaveText(say('newSecretsChecklist.left_other', { count: 6 }));
  await tick('Steam').tap();
  await button('common.back').tap();
  await expect(option('newSecretsChecklist.title')).toContainText(say('newSecretsChecklist.left_other', { count: 5 }));
  await button('common.back').tap();
  await page.getByTestId('renewals-notice').getByRole('button').tap();
  await expect(tick('Steam')).toBeChecked();
  await button('newSecretsChecklist.end').tap();
  await expect(page.getByRole('dialog')).toContainText(say('newSecretsChecklist.askLeft_other', { count: 5 }));
  await page.getByRole('dialog').getByRole('button', { name: say('newSecretsChecklist.end') }).tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
  await expect(page.getByTestId('renewals-notice')).toHaveCount(0);
  expect(await core.call('new_secrets_checklist')).toEqual([]);
});

test.describe('a device with a biometric', () => {
  test.use({ device: { biometric: 'ready' } });

  test('a dialog that is left drops it, and that is said', async ({ page, start, core, say, button, field, suspicion }) => {
    await setUpCredentials(core, 'passphrase', true);
    await start();
    await suspicion();
    await page.getByLabel(say('credential.recovery')).selectOption({ label: say('outcome.remove') });
    await button('common.continue').tap();
    await field('passphrase.label').fill(NEW_PASSPHRASE);
    await field('passphrase.repeat').fill(NEW_PASSPHRASE);
    await core.device({ dialog: 'cancelled' });
    await button('keyReplacement.act').tap();
    await expect(page.getByTestId('lost')).toHaveText(say('keyReplacement.lost_one', { way: say('credential.biometric') }));
    expect(await unlockCredentials(core)).toEqual(['passphrase']);
  });

  test('a dialog that is answered keeps it', async ({ page, start, core, say, button, field, suspicion }) => {
    await setUpCredentials(core, 'passphrase', true);
    await start();
    await suspicion();
    await page.getByLabel(say('credential.passphrase')).selectOption({ label: say('outcome.keep') });
    await page.getByLabel(say('credential.recovery')).selectOption({ label: say('outcome.remove') });
    await button('common.continue').tap();
    await field('passphrase.label').fill(PASSPHRASE);
    await button('keyReplacement.act').tap();
    await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
    await expect(page.getByTestId('lost')).toHaveCount(0);
    expect(await unlockCredentials(core)).toEqual(['biometric', 'passphrase']);
  });
});

test.describe('a changed access code', () => {
  for (const platform of ['desktop', 'android'] as const) {
    test.describe(platform, () => {
      test.use({ platform });

      test(platform === 'desktop' ? 'offers other keys' : 'is all there is to it', async ({
        page, start, core, say, button, field, act, opening,
      }) => {
        await setUpCredentials(core, 'pin and passphrase');
        await start();
        await opening();
        for (const then of platform === 'desktop' ? ['offerKeyReplacement.later', 'keyReplacement.suspicion'] : [null]) {
          await act('change', 'pin').tap();
          await field('accessCode.label').fill('271828');
          await field('accessCode.repeat').fill('271828');
          await button('common.save').tap();
          if (then) await button(then).tap();
        }
        const title = platform === 'desktop' ? 'keyReplacement.suspicion' : 'unlockMethods.title';
        await expect(page.getByRole('heading', { name: say(title) })).toBeVisible();
        await core.call('reauthenticate', { credential: 'pin', text: '271828' });
      });
    });
  }
});
