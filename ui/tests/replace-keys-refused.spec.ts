import { expect } from './support/app';
import { passWords } from './support/first-run';
import { NEW_PASSPHRASE, test, unlockCredentials } from './support/key-replacement';
import { setUpCredentials } from './support/credentials';
import { PASSPHRASE, PIN } from './support/vaults';
import { stepBack } from './support/system-window';

test.use({ before: 'closed' });

test('a lock during it changes nothing, and the new words are reported as useless', async ({
  page, start, core, say, button, field, suspicion, vaults,
}) => {
  await setUpCredentials(core, 'passphrase');
  await start();
  await suspicion();
  await button('common.continue').tap();
  await expect(button('recoveryWords.noted')).toBeVisible();
  await core.call('lock');
  await field('passphrase.label').fill(PASSPHRASE);
  await button('unlock.open').tap();
  await expect(page.getByTestId('unused-words')).toContainText(say('unused.words'));
  await button('common.understood').tap();
  await expect(page.getByTestId('unused-words')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await core.call('reauthenticate', { credential: 'recovery', text: vaults.filled.words.join(' ') });
});

test.describe('what is refused', () => {
  test('can be tried again with all that was typed', async ({ page, start, core, say, button, field, suspicion }) => {
    await setUpCredentials(core, 'passphrase');
    await start();
    await suspicion();
    await page.getByLabel(say('credential.recovery')).selectOption({ label: say('outcome.remove') });
    await button('common.continue').tap();
    await field('passphrase.label').fill(NEW_PASSPHRASE);
    await field('passphrase.repeat').fill(NEW_PASSPHRASE);
    core.refuseOnce('replace_keys', 'diskFull');
    await button('keyReplacement.act').tap();
    await expect(page.getByRole('alert')).toHaveText(say('error.diskFull'));
    await button('common.retry').tap();
    await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
    expect(await unlockCredentials(core)).toEqual(['passphrase']);
    await core.call('reauthenticate', { credential: 'passphrase', text: NEW_PASSPHRASE });
  });

  test('says of neither paper that it can go where the disk confirmed nothing', async ({
    page, start, core, say, button, field, suspicion,
  }) => {
    await setUpCredentials(core, 'passphrase');
    await start();
    await suspicion();
    await button('common.continue').tap();
    await passWords(page, say);
    await field('passphrase.label').fill(NEW_PASSPHRASE);
    await field('passphrase.repeat').fill(NEW_PASSPHRASE);
    core.refuseOnce('replace_keys', 'keyReplacementUnconfirmed');
    await button('keyReplacement.act').tap();
    await expect(page.getByRole('heading', { name: say('keyReplacement.unsure') })).toBeFocused();
    await expect(page.getByRole('alert')).toHaveText(say('error.keyReplacementUnconfirmed'));
    await expect(button('common.retry')).toHaveCount(0);
    await expect(button('common.back')).toHaveCount(0);
    await button('list.lock').tap();
    await field('passphrase.label').fill(PASSPHRASE);
    await button('unlock.open').tap();
    await expect(page.getByTestId('row')).toHaveCount(6);
    await expect(page.getByTestId('unused-words')).toHaveCount(0);
  });

  test('makes others where words that are typed back are gone', async ({ page, start, core, say, button, act, opening }) => {
    await setUpCredentials(core, 'passphrase');
    await start();
    await opening();
    await act('renew', 'recovery').tap();
    await button('common.continue').tap();
    core.refuseOnce('verify_recovery_words', 'recoveryWordsNotFound');
    await passWords(page, say);
    await expect(page.getByRole('heading', { name: say('keyReplacement.words') })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveText(say('error.recoveryWordsNotFound'));
    await button('common.continue').tap();
    await passWords(page, say);
    await expect(page.getByRole('heading', { name: say('keyReplacement.typePass') })).toBeVisible();
  });

  test('makes new words where the others are gone', async ({ page, start, core, say, button, act, opening }) => {
    await setUpCredentials(core, 'pin');
    await start();
    await opening();
    await act('renew', 'recovery').tap();
    core.refuseOnce('replace_keys', 'recoveryWordsNotFound');
    await button('common.continue').tap();
    await passWords(page, say);
    await expect(page.getByRole('alert')).toHaveText(say('error.recoveryWordsNotFound'));
    await button('common.continue').tap();
    const words = await passWords(page, say);
    await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
    await core.call('reauthenticate', { credential: 'recovery', text: words.join(' ') });
  });

  test('asks for a proof first, and goes back where none is given', async ({ page, start, core, say, button, field, act, opening }) => {
    await setUpCredentials(core, 'passphrase');
    await start();
    await opening();
    await act('change', 'passphrase').tap();
    core.refuseOnce('draft_recovery_words', 'reauthRequired');
    await button('common.continue').tap();
    const sheet = page.getByRole('dialog', { name: say('reauth.title') });
    await button('common.cancel').tap();
    await expect(sheet).toHaveCount(0);
    await expect(button('common.continue')).toBeEnabled();
    core.refuseOnce('draft_recovery_words', 'reauthRequired');
    await button('common.continue').tap();
    await sheet.getByRole('textbox').fill(PASSPHRASE);
    await button('reauth.confirm').tap();
    await expect(button('recoveryWords.noted')).toBeVisible();
    await expect(field('passphrase.label')).toHaveCount(0);
  });

  test('new words are not left without a word', async ({ page, start, core, say, button, act, opening }) => {
    await setUpCredentials(core, 'passphrase');
    await start();
    await opening();
    await act('renew', 'recovery').tap();
    await button('common.continue').tap();
    await expect(button('recoveryWords.noted')).toBeVisible();
    // The system's own "back", a step at a time.
    expect(await stepBack(page)).toBe(true);
    await expect(page.getByRole('heading', { name: say('keyReplacement.words') })).toBeVisible();
    expect(await stepBack(page)).toBe(true);
    await expect(page.getByRole('dialog')).toContainText(say('keyReplacement.leaveWhat'));
    await button('keyReplacement.stay').tap();
    await button('common.continue').tap();
    await expect(button('recoveryWords.noted')).toBeVisible();
    expect(core.asked.filter(({ cmd }) => cmd === 'draft_recovery_words')).toHaveLength(1);
    await button('common.back').tap();
    await button('common.back').tap();
    await button('keyReplacement.leaveAct').tap();
    await expect(page.getByRole('heading', { name: say('unlockMethods.title') })).toBeVisible();
  });

  test('new words are not left without a word after the recovery words either', async ({
    page, start, say, button, option, field, vaults,
  }) => {
    await start();
    await button('unlock.useWords').tap();
    await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
    await button('unlock.open').tap();
    await option('credential.pin').tap();
    await field('accessCode.label').fill(PIN);
    await field('accessCode.repeat').fill(PIN);
    await button('common.continue').tap();
    await expect(button('recoveryWords.noted')).toBeVisible();
    await button('common.back').tap();
    await button('replaceCredential.later').tap();
    await expect(page.getByRole('dialog')).toContainText(say('keyReplacement.leaveWhat'));
    await button('keyReplacement.stay').tap();
    await button('replaceCredential.later').tap();
    await button('keyReplacement.leaveAct').tap();
    await expect(page.getByTestId('renewal-reminder')).toBeVisible();
    await expect(page.getByTestId('unused-words')).toHaveCount(0);
  });
});
