import { expect } from '../support/app';
import { passWords, typeWords } from '../support/first-run';
import { overrideKeysReplaced, fakeOldCopies, NEW_PASSPHRASE, test } from '../support/key-replacement';
import { setUpCredentials } from '../support/credentials';
import { overrideStatus } from '../support/override-status';
import { picture } from '../support/screen';
import { PASSPHRASE, PIN } from '../support/vaults';
import { fitsWidth } from '../support/fits-width';
import { LANGS } from '../support/words';

/** The times of the old files. */
const KEPT = [12, 27].map((day) => Date.UTC(2026, 10, day, 9));

test.use({ before: 'closed', device: { biometric: 'ready' } });

test('what happens to each credential, and new words', async ({ page, start, core, say, button, fate, act, opening }) => {
  await setUpCredentials(core, 'pin and passphrase', true);
  await start();
  await opening();
  await act('change', 'passphrase').tap();
  await expect(page.getByTestId('fate')).toHaveCount(4);
  await picture(page, '170-keys-plan');
  await page.getByLabel(say('credential.biometric')).selectOption({ label: say('outcome.remove') });
  await expect(fate('biometric')).toContainText(say('outcome.biometricGoes'));
  await fate('biometric').scrollIntoViewIfNeeded();
  await picture(page, '171-keys-plan-below');
  await button('common.continue').tap();
  await expect(button('recoveryWords.noted')).toBeVisible();
  await picture(page, '172-keys-words');
  await button('common.back').tap();
  await button('common.back').tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, '173-keys-leave');
  await button('keyReplacement.stay').tap();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a new passphrase, and what is left to do', async ({ page, start, core, say, button, field, act, opening }) => {
  await setUpCredentials(core, 'pin and passphrase', true);
  fakeOldCopies(core, KEPT);
  overrideKeysReplaced(core, { lost: ['biometric'], finished: false });
  await start();
  await opening();
  await act('change', 'passphrase').tap();
  await page.getByLabel(say('credential.recovery')).selectOption({ label: say('outcome.remove') });
  await button('common.continue').tap();
  await field('passphrase.label').fill(NEW_PASSPHRASE);
  await field('passphrase.repeat').fill(NEW_PASSPHRASE);
  await expect(button('keyReplacement.act')).toBeEnabled();
  await picture(page, '174-keys-new-passphrase');
  core.refuseOnce('replace_keys', 'diskFull');
  await button('keyReplacement.act').tap();
  await expect(page.getByRole('alert')).toBeVisible();
  await picture(page, '175-keys-failed');
  await button('common.retry').tap();
  await expect(page.getByTestId('kept-file')).toHaveCount(2);
  await expect(page.getByTestId('not-finished')).toBeVisible();
  await picture(page, '176-keys-done-in-part');
  await page.getByText(say('keyReplacement.servicesTitle')).click();
  await page.getByTestId('kept-file').last().scrollIntoViewIfNeeded();
  await picture(page, '177-keys-kept-files');
  await page.getByTestId('kept-file').first().getByRole('button').tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, '178-keys-delete');
});

test('a suspicion, with the same passphrase', async ({ page, start, core, say, button, option, field, settings }) => {
  await setUpCredentials(core, 'passphrase');
  await start();
  await settings();
  await option('keyReplacement.suspicion').scrollIntoViewIfNeeded();
  await picture(page, '179-settings-keys');
  await option('keyReplacement.suspicion').tap();
  await page.getByLabel(say('credential.passphrase')).selectOption({ label: say('outcome.keep') });
  await picture(page, '180-keys-suspicion');
  await button('common.continue').tap();
  await button('recoveryWords.later').tap();
  await button('recoveryWords.laterConfirm').tap();
  await field('passphrase.label').fill('autre chose');
  await button('keyReplacement.act').tap();
  await expect(page.getByRole('alert')).toBeVisible();
  await picture(page, '181-keys-type-wrong');
  await field('passphrase.label').fill(PASSPHRASE);
  await button('keyReplacement.act').tap();
  await expect(page.getByText(say('keyReplacement.services'))).toBeVisible();
  await picture(page, '182-keys-done');
});

test('the services that are ticked off', async ({ page, start, core, button }) => {
  await setUpCredentials(core, 'passphrase');
  await core.call('set_new_secrets_checklist', { wanted: true });
  await start();
  await page.getByTestId('renewals-notice').getByRole('button').tap();
  await page.getByTestId('tick').nth(1).tap();
  await expect(page.getByRole('checkbox').nth(1)).toBeChecked();
  await picture(page, '183-renewals');
  await button('newSecretsChecklist.end').tap();
  await picture(page, '184-renewals-end');
  await button('common.cancel').tap();
  for (let left = 5; left > 0; left -= 1) {
    await page.getByRole('checkbox', { checked: false }).first().tap();
    await expect(page.getByRole('checkbox', { checked: false })).toHaveCount(left - 1);
  }
  await picture(page, '185-renewals-done');
  await button('common.back').tap();
  await expect(page.getByTestId('renewals-notice')).toBeVisible();
  await picture(page, '186-renewals-notice');
});

test('what takes a moment', async ({ page, start, core, say, button, act, opening }) => {
  await setUpCredentials(core, 'pin');
  await start();
  await opening();
  await act('remove', 'recovery').tap();
  await button('keyReplacement.act').tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, '187-keys-copy');
  const send = core.send.bind(core);
  let goOn = () => {};
  const waiting = new Promise<void>((resolve) => (goOn = resolve));
  core.send = async (call) => {
    if (call.cmd === 'replace_keys') await waiting;
    return send(call);
  };
  await button('keyReplacement.anyway').tap();
  await expect(page.getByText(say('keyReplacement.workingWhat'))).toBeVisible();
  await picture(page, '188-keys-working');
  // Nothing leaves it.
  await page.keyboard.press('Escape');
  await expect(page.getByText(say('keyReplacement.workingWhat'))).toBeVisible();
  goOn();
  await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
});

test('the only everyday way cannot be removed', async ({ page, start, core, say, button, act, opening }) => {
  await setUpCredentials(core, 'passphrase');
  await start();
  await opening();
  await act('remove', 'passphrase').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.lastCredential'));
  await expect(button('common.continue')).toBeDisabled();
  await picture(page, '111-remove-last');
});

test('a first passphrase', async ({ page, start, core, act, opening }) => {
  await setUpCredentials(core, 'no code');
  await start();
  await opening();
  await act('add', 'passphrase').tap();
  await expect(page.getByTestId('fate')).toHaveCount(3);
  await picture(page, '189-keys-first-passphrase');
});

test('an access code that changed', async ({ page, start, core, say, button, field, act, opening }) => {
  await setUpCredentials(core, 'pin and passphrase');
  await start();
  await opening();
  await act('change', 'pin').tap();
  await field('accessCode.label').fill('271828');
  await field('accessCode.repeat').fill('271828');
  await button('common.save').tap();
  await expect(page.getByText(say('offerKeyReplacement.when'))).toBeVisible();
  await picture(page, '190-keys-offered');
});

test('a file that is not known', async ({ page, start, core, button }) => {
  await setUpCredentials(core, 'passphrase');
  overrideStatus(core, { foreign: true, newerCopy: true });
  await start();
  await expect(page.getByTestId('foreign')).toBeVisible();
  await picture(page, '191-foreign');
  await button('foreignVault.keep').tap();
  await expect(page.getByTestId('fate')).toHaveCount(2);
  await picture(page, '192-foreign-plan');
});

test('a file that is compared, or cannot be', async ({ page, start, core }) => {
  await setUpCredentials(core, 'passphrase');
  overrideStatus(core, { comparing: true });
  await start();
  await expect(page.getByTestId('comparing')).toBeVisible();
  await picture(page, '193-comparing');
  overrideStatus(core, { comparing: false, notCompared: true });
  await page.reload();
  await expect(page.getByTestId('not-compared')).toBeVisible();
  await picture(page, '194-not-compared');
});

for (const lang of LANGS) {
  test.describe(lang, () => {
    test.use({ lang });

    test.describe('on the narrowest phone', () => {
      test.use({ viewport: { width: 320, height: 640 } });

      test('every step fits', async ({ page, start, core, say, button, field, suspicion }) => {
        await setUpCredentials(core, 'pin and passphrase', true);
        fakeOldCopies(core, KEPT);
        overrideKeysReplaced(core, { lost: ['biometric'], finished: false });
        await start();
        await suspicion();
        await fitsWidth(page, 'suspicion');
        await page.getByLabel(say('credential.passphrase')).selectOption({ label: say('outcome.keep') });
        await button('common.continue').tap();
        await expect(button('recoveryWords.noted')).toBeVisible();
        await fitsWidth(page, 'words');
        await button('common.back').tap();
        await button('common.back').tap();
        await fitsWidth(page, 'leave');
        await button('keyReplacement.stay').tap();
        await button('common.continue').tap();
        await passWords(page, say);
        await fitsWidth(page, 'the same passphrase');
        core.refuseOnce('replace_keys', 'diskFull');
        await field('passphrase.label').fill(PASSPHRASE);
        await button('keyReplacement.act').tap();
        await expect(page.getByRole('alert')).toBeVisible();
        await fitsWidth(page, 'failed');
        await button('common.retry').tap();
        await expect(page.getByTestId('kept-file')).toHaveCount(2);
        await fitsWidth(page, 'done');
        await page.getByTestId('kept-file').first().getByRole('button').tap();
        await fitsWidth(page, 'delete');
        await button('common.cancel').tap();
        await button('keyReplacement.servicesAct').tap();
        await expect(page.getByTestId('tick')).toHaveCount(6);
        await fitsWidth(page, 'renewals');
        await button('newSecretsChecklist.end').tap();
        await fitsWidth(page, 'renewals, ended');
      });

      test('what it begins with fits', async ({ page, start, core, button, field, act, opening }) => {
        await setUpCredentials(core, 'pin and passphrase', true);
        await start();
        await opening();
        for (const [how, way] of [['change', 'passphrase'], ['remove', 'passphrase'], ['renew', 'recovery'], ['remove', 'recovery']] as const) {
          await act(how, way).tap();
          await expect(page.getByTestId('fate').first()).toBeVisible();
          await fitsWidth(page, `${how} ${way}`);
          await button('common.back').tap();
        }
        await act('change', 'pin').tap();
        await field('accessCode.label').fill('271828');
        await field('accessCode.repeat').fill('271828');
        await button('common.save').tap();
        await fitsWidth(page, 'offered');
      });

      test('the notices fit', async ({ page, start, core, button }) => {
        await setUpCredentials(core, 'passphrase');
        overrideStatus(core, { foreign: true, newerCopy: true });
        await start();
        await expect(page.getByTestId('foreign')).toBeVisible();
        await fitsWidth(page, 'foreign');
        await button('foreignVault.keep').tap();
        await fitsWidth(page, 'foreign, kept');
        overrideStatus(core, { foreign: false, notCompared: true });
        await page.reload();
        await expect(page.getByTestId('not-compared')).toBeVisible();
        await fitsWidth(page, 'not compared');
      });
    });

    test('text at 200 %', async ({ page, start, core, say, button, suspicion, newPassphrase }) => {
      await setUpCredentials(core, 'pin and passphrase', true);
      await start();
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await suspicion();
      await expect(page.getByTestId('fate')).toHaveCount(4);
      await picture(page, `195-${lang}-large-plan`);
      await button('common.continue').tap();
      const words = page.getByRole('list', { name: say('recoveryWords.list') }).locator('.word');
      await expect(words).toHaveCount(12);
      const noted = await words.allInnerTexts();
      await button('recoveryWords.noted').tap();
      await typeWords(page, noted);
      await button('recoveryWords.check').tap();
      await newPassphrase();
      await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
      await picture(page, `196-${lang}-large-done`);
      await button('keyReplacement.servicesAct').tap();
      await expect(page.getByTestId('tick')).toHaveCount(6);
      await picture(page, `197-${lang}-large-renewals`);
    });

    test('after the recovery words', async ({ page, start, vaults, say, button, option, field }) => {
      await start();
      await button('unlock.useWords').tap();
      await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
      await button('unlock.open').tap();
      await expect(page.getByText(say('keyReplacement.renewWhy'))).toBeVisible();
      await option('credential.pin').tap();
      await field('accessCode.label').fill(PIN);
      await field('accessCode.repeat').fill(PIN);
      await button('common.continue').tap();
      await passWords(page, say);
      await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
      await picture(page, `198-${lang}-renewed`);
    });
  });
}
