import { copyFileSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credential, Status } from '../src/ipc/wire';
import { expect } from './support/app';
import { Core } from './support/core';
import { readVault, VAULT } from './support/damage';
import { passWords } from './support/first-run';
import { refused, test } from './support/keys';
import { give } from './support/person';
import { newFolder } from './support/places';
import { addLink, PASSPHRASE, PIN, rows, SECRETS, unlock } from './support/vaults';

const NEW = 'une phrase toute neuve';
const ways = async (core: Core): Promise<Credential[]> => (await core.call<Status>('status')).ways;

test.use({ before: 'closed' });

test('a changed passphrase: an old copy opens with the old one, and nothing later does', async ({
  page, folder, start, core, say, button, field, fate, act, opening, vaults,
}) => {
  await give(core, 'passphrase');
  const old = readVault(folder);
  await start();
  await opening();
  await act('change', 'passphrase').tap();
  await expect(fate('passphrase')).toContainText(say('fate.passphraseNew'));
  await expect(fate('recovery')).toContainText(say('fate.recoveryNew'));
  await button('common.continue').tap();
  const words = await passWords(page, say);
  await field('pass.label').fill(NEW);
  await field('pass.repeat').fill(NEW);
  await button('keys.act').tap();
  await expect(page.getByRole('heading', { name: say('keys.done') })).toBeVisible();
  await expect(page.getByTestId('old-paper')).toHaveText(say('keys.oldPaper'));
  await button('common.done').tap();
  await expect(page.getByRole('heading', { name: say('opening.title') })).toBeVisible();

  expect(await refused(core, 'passphrase', PASSPHRASE)).toBe('credentialRejected');
  expect(await refused(core, 'recovery', vaults.filled.words.join(' '))).toBe('credentialRejected');
  await core.call('prove', { credential: 'passphrase', text: NEW });
  await core.call('prove', { credential: 'recovery', text: words.join(' ') });
  const elsewhere = newFolder();
  writeFileSync(join(elsewhere, VAULT), old);
  const copy = new Core(elsewhere);
  await unlock(copy);
  expect(await rows(copy)).toHaveLength(6);
  await copy.end();
  rmSync(elsewhere, { recursive: true });
});

test('a passphrase is removed beside an access code', async ({ page, start, core, say, button, fate, act, opening }) => {
  await give(core, 'pin and passphrase');
  await start();
  await opening();
  await act('remove', 'passphrase').tap();
  await expect(fate('passphrase')).toContainText(say('fate.passphraseGoes'));
  await expect(fate('pin')).toContainText(say('fate.stays'));
  await button('common.continue').tap();
  await passWords(page, say);
  await button('common.done').tap();
  await expect(act('add', 'passphrase')).toBeVisible();
  expect(await ways(core)).toEqual(['pin', 'recovery']);
  await core.call('prove', { credential: 'pin', text: PIN });
});

test('renewed words take the place of the old ones, and the passphrase is checked', async ({
  page, start, core, say, button, field, act, opening, vaults,
}) => {
  await give(core, 'pin and passphrase');
  await start();
  await opening();
  await act('renew', 'recovery').tap();
  await button('common.continue').tap();
  const words = await passWords(page, say);
  await expect(page.getByRole('heading', { name: say('keys.typePass') })).toBeVisible();
  await field('pass.label').fill('autre chose');
  await button('keys.act').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.credentialRejected'));
  await expect(field('pass.label')).toBeFocused();
  await field('pass.label').fill(PASSPHRASE);
  await button('keys.act').tap();
  await button('common.done').tap();
  await expect(act('renew', 'recovery')).toBeVisible();
  expect(await refused(core, 'recovery', vaults.filled.words.join(' '))).toBe('credentialRejected');
  for (const [credential, text] of [['recovery', words.join(' ')], ['passphrase', PASSPHRASE], ['pin', PIN]] as const) {
    await core.call('prove', { credential, text });
  }
});

test('words that are not checked stay a reminder, which leads to others', async ({ page, start, core, say, button, field, act, opening }) => {
  await give(core, 'passphrase');
  await start();
  await opening();
  await act('renew', 'recovery').tap();
  await button('common.continue').tap();
  await button('words.later').tap();
  await button('words.laterConfirm').tap();
  await field('pass.label').fill(PASSPHRASE);
  await button('keys.act').tap();
  await expect(page.getByText(say('keys.wordsPending'))).toBeVisible();
  await button('common.done').tap();
  await button('common.back').tap();
  await button('common.back').tap();
  await expect(page.getByTestId('recovery-reminder')).toContainText(say('list.reminder'));
  await button('list.reminderAct').tap();
  await expect(page.getByRole('heading', { name: say('keys.words') })).toBeVisible();
});

test('the last thing that opens a copy goes only behind a warning', async ({ page, start, core, say, button, act, opening }) => {
  await give(core, 'pin');
  await start();
  await opening();
  await act('remove', 'recovery').tap();
  const asks = page.getByRole('dialog', { name: say('keys.copyAsk') });
  await button('keys.act').tap();
  await expect(asks).toContainText(say('keys.copy'));
  await button('common.cancel').tap();
  await expect(asks).toHaveCount(0);
  await button('keys.act').tap();
  expect(await ways(core)).toEqual(['pin', 'recovery']);
  await button('keys.anyway').tap();
  await button('common.done').tap();
  await expect(act('add', 'recovery')).toBeVisible();
  expect(await ways(core)).toEqual(['pin']);
});

test('a first passphrase takes the place of "no code"', async ({ page, start, core, say, button, field, fate, act, opening }) => {
  await give(core, 'no code');
  await start();
  await opening();
  await act('add', 'passphrase').tap();
  await expect(fate('device')).toContainText(say('fate.deviceGoes'));
  await button('common.continue').tap();
  await passWords(page, say);
  await field('pass.label').fill(NEW);
  await field('pass.repeat').fill(NEW);
  await button('keys.act').tap();
  await button('common.done').tap();
  await expect(act('change', 'passphrase')).toBeVisible();
  expect(await ways(core)).toEqual(['passphrase', 'recovery']);
});

test('a suspicion: the keys are replaced, and the services are ticked off', async ({
  page, start, core, say, button, option, field, settings,
}) => {
  await give(core, 'passphrase');
  await start();
  await settings();
  await option('keys.suspicion').tap();
  await button('common.continue').tap();
  await passWords(page, say);
  await field('pass.label').fill(NEW);
  await field('pass.repeat').fill(NEW);
  await button('keys.act').tap();
  await expect(page.getByText(say('keys.services'))).toBeVisible();
  await button('keys.servicesAct').tap();
  const tick = (name: string) => page.getByRole('checkbox', { name });
  await tick('demo').tap();
  await expect(page.getByTestId('renewals-left')).toHaveText(say('renewals.left_other', { count: 5 }));
  await expect(tick('demo')).toBeChecked();
  await tick('demo').tap();
  await expect(page.getByTestId('renewals-left')).toHaveText(say('renewals.left_other', { count: 6 }));
  await tick('Steam').tap();
  await button('common.back').tap();
  await expect(option('renewals.title')).toContainText(say('renewals.left_other', { count: 5 }));
  await button('common.back').tap();
  await page.getByTestId('renewals-notice').getByRole('button').tap();
  await expect(tick('Steam')).toBeChecked();
  await button('renewals.end').tap();
  await expect(page.getByRole('dialog')).toContainText(say('renewals.askLeft_other', { count: 5 }));
  await page.getByRole('dialog').getByRole('button', { name: say('renewals.end') }).tap();
  await expect(page.getByTestId('row')).toHaveCount(6);
  await expect(page.getByTestId('renewals-notice')).toHaveCount(0);
  expect(await core.call('renewals')).toEqual([]);
});

test.describe('a foreign file', () => {
  /** The device has been told what is open. */
  const told = (core: Core) =>
    expect.poll(async () => (await core.device()).generation ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);

  /** Opens this file in the place of the one that this device saw last. */
  async function exchange(core: Core, folder: string, file: string): Promise<void> {
    await told(core);
    await core.call('lock');
    copyFileSync(file, join(folder, VAULT));
    await unlock(core);
    await expect.poll(async () => (await core.call<Status>('status')).foreign, { timeout: 15_000 }).toBe(true);
  }

  test('is told, and nothing is changed before a choice; it is kept with other keys', async ({
    page, folder, start, core, say, button, field, vaults,
  }) => {
    const other = newFolder();
    vaults.bare.copyTo(other);
    await unlock(core);
    await exchange(core, folder, join(other, VAULT));
    rmSync(other, { recursive: true });
    await start();
    await expect(page.getByTestId('foreign')).toContainText(say('foreign.what'));
    await button('list.add').tap({ force: true });
    await expect(page.getByTestId('toast')).toContainText(say('readOnly.foreignReason'));
    await button('foreign.keep').tap();
    await button('common.continue').tap();
    await passWords(page, say);
    await field('pass.label').fill(PASSPHRASE);
    await button('keys.act').tap();
    await expect(page.getByRole('heading', { name: say('keys.done') })).toBeVisible();
    await button('common.done').tap();
    await expect(page.getByTestId('foreign')).toHaveCount(0);
    expect(await core.call('status')).toMatchObject({ foreign: false, behind: 0 });
    await addLink(core, `otpauth://totp/Portail:moi?secret=${SECRETS.demo}&issuer=Portail`);
  });

  test('under old keys gives way to the copy, and is deleted once the keys are replaced', async ({
    page, folder, start, core, say, button, option, field, settings,
  }) => {
    const link = `otpauth://totp/Portail:moi?secret=${SECRETS.demo}&issuer=Portail`;
    // Somebody has a copy and its credential, and goes on with it elsewhere.
    const elsewhere = newFolder();
    cpSync(folder, elsewhere, { recursive: true });
    const forger = new Core(elsewhere);
    await unlock(forger);
    for (let times = 0; times < 3; times += 1) await addLink(forger, link);
    await forger.call('lock');
    await forger.end();
    await unlock(core);
    const keep = { ways: [{ credential: 'passphrase', isNew: false }], passphrase: PASSPHRASE, pin: '', sentence: '', confirmed: false };
    await core.call('replace_keys', keep);
    await exchange(core, folder, join(elsewhere, VAULT));
    rmSync(elsewhere, { recursive: true });
    await start();
    await expect(page.getByTestId('foreign')).toContainText(say('foreign.copy'));
    await button('foreign.take').tap();
    await expect(page.getByTestId('foreign')).toHaveCount(0);
    await expect(page.getByTestId('row')).toHaveCount(6);
    const aside = () => readdirSync(folder).filter((name) => name.includes('.damaged-'));
    expect(aside()).toHaveLength(1);

    await settings();
    await option('keys.suspicion').tap();
    await button('common.continue').tap();
    await field('pass.label').fill(NEW);
    await field('pass.repeat').fill(NEW);
    await button('keys.act').tap();
    // What was shown to open the foreign file proves nothing for the copy.
    const proof = page.getByRole('dialog', { name: say('reauth.title') });
    await proof.getByRole('textbox').fill(PASSPHRASE);
    await button('reauth.confirm').tap();
    await page.getByTestId('kept-file').getByRole('button').tap();
    await expect(page.getByRole('dialog')).toContainText(say('kept.askWhat'));
    await page.getByRole('dialog').getByRole('button', { name: say('kept.delete') }).tap();
    await expect(page.getByTestId('kept-file')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: say('keys.done') })).toBeFocused();
    expect(aside()).toEqual([]);
  });
});

test('a lock amid it: nothing is changed, and the new words are said to open nothing', async ({
  page, start, core, say, button, option, field, settings, vaults,
}) => {
  await give(core, 'passphrase');
  await start();
  await settings();
  await option('keys.suspicion').tap();
  await button('common.continue').tap();
  await expect(button('words.noted')).toBeVisible();
  await core.call('lock');
  await field('pass.label').fill(PASSPHRASE);
  await button('unlock.open').tap();
  await expect(page.getByTestId('unused-words')).toContainText(say('unused.words'));
  await button('common.understood').tap();
  await expect(page.getByTestId('unused-words')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await core.call('prove', { credential: 'recovery', text: vaults.filled.words.join(' ') });
});

test.describe('what is refused', () => {
  test('can be tried again with all that was typed', async ({ page, start, core, say, button, option, field, settings }) => {
    await give(core, 'passphrase');
    await start();
    await settings();
    await option('keys.suspicion').tap();
    await page.getByLabel(say('way.recovery')).selectOption({ label: say('fate.remove') });
    await button('common.continue').tap();
    await field('pass.label').fill(NEW);
    await field('pass.repeat').fill(NEW);
    core.refuseOnce('replace_keys', 'diskFull');
    await button('keys.act').tap();
    await expect(page.getByRole('alert')).toHaveText(say('error.diskFull'));
    await button('common.retry').tap();
    await expect(page.getByRole('heading', { name: say('keys.done') })).toBeVisible();
    expect(await ways(core)).toEqual(['passphrase']);
    await core.call('prove', { credential: 'passphrase', text: NEW });
  });

  test('says of neither paper that it can go where the disk confirmed nothing', async ({
    page, start, core, say, button, option, field, settings,
  }) => {
    await give(core, 'passphrase');
    await start();
    await settings();
    await option('keys.suspicion').tap();
    await button('common.continue').tap();
    await passWords(page, say);
    await field('pass.label').fill(NEW);
    await field('pass.repeat').fill(NEW);
    core.refuseOnce('replace_keys', 'keysNotConfirmed');
    await button('keys.act').tap();
    await expect(page.getByRole('heading', { name: say('keys.unsure') })).toBeFocused();
    await expect(page.getByRole('alert')).toHaveText(say('error.keysNotConfirmed'));
    await expect(button('common.retry')).toHaveCount(0);
    await expect(button('common.back')).toHaveCount(0);
    await button('list.lock').tap();
    await field('pass.label').fill(PASSPHRASE);
    await button('unlock.open').tap();
    await expect(page.getByTestId('row')).toHaveCount(6);
    await expect(page.getByTestId('unused-words')).toHaveCount(0);
  });

  test('makes others where words that are typed back are gone', async ({ page, start, core, say, button, act, opening }) => {
    await give(core, 'passphrase');
    await start();
    await opening();
    await act('renew', 'recovery').tap();
    await button('common.continue').tap();
    core.refuseOnce('confirm_recovery', 'wordsGone');
    await passWords(page, say);
    await expect(page.getByRole('heading', { name: say('keys.words') })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveText(say('error.wordsGone'));
    await button('common.continue').tap();
    await passWords(page, say);
    await expect(page.getByRole('heading', { name: say('keys.typePass') })).toBeVisible();
  });

  test('makes new words where the others are gone', async ({ page, start, core, say, button, act, opening }) => {
    await give(core, 'pin');
    await start();
    await opening();
    await act('renew', 'recovery').tap();
    core.refuseOnce('replace_keys', 'wordsGone');
    await button('common.continue').tap();
    await passWords(page, say);
    await expect(page.getByRole('alert')).toHaveText(say('error.wordsGone'));
    await button('common.continue').tap();
    const words = await passWords(page, say);
    await expect(page.getByRole('heading', { name: say('keys.done') })).toBeVisible();
    await core.call('prove', { credential: 'recovery', text: words.join(' ') });
  });

  test('asks for a proof first, and goes back where none is given', async ({ page, start, core, say, button, field, act, opening }) => {
    await give(core, 'passphrase');
    await start();
    await opening();
    await act('change', 'passphrase').tap();
    core.refuseOnce('draft_words', 'reauthRequired');
    await button('common.continue').tap();
    const sheet = page.getByRole('dialog', { name: say('reauth.title') });
    await button('common.cancel').tap();
    await expect(sheet).toHaveCount(0);
    await expect(button('common.continue')).toBeEnabled();
    core.refuseOnce('draft_words', 'reauthRequired');
    await button('common.continue').tap();
    await sheet.getByRole('textbox').fill(PASSPHRASE);
    await button('reauth.confirm').tap();
    await expect(button('words.noted')).toBeVisible();
    await expect(field('pass.label')).toHaveCount(0);
  });

  test('new words are not left without a word', async ({ page, start, core, say, button, act, opening }) => {
    await give(core, 'passphrase');
    await start();
    await opening();
    await act('renew', 'recovery').tap();
    await button('common.continue').tap();
    await expect(button('words.noted')).toBeVisible();
    // The system's own "back", a step at a time.
    await page.goBack();
    await expect(page.getByRole('heading', { name: say('keys.words') })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('dialog')).toContainText(say('keys.leaveWhat'));
    await button('keys.stay').tap();
    await button('common.continue').tap();
    await expect(button('words.noted')).toBeVisible();
    expect(core.asked.filter(({ cmd }) => cmd === 'draft_words')).toHaveLength(1);
    await button('common.back').tap();
    await button('common.back').tap();
    await button('keys.leaveAct').tap();
    await expect(page.getByRole('heading', { name: say('opening.title') })).toBeVisible();
  });
});

test.describe('a device with a biometric', () => {
  test.use({ device: { biometric: 'ready' } });

  test('a dialog that is left drops it, and that is said', async ({ page, start, core, say, button, option, field, settings }) => {
    await give(core, 'passphrase', true);
    await start();
    await settings();
    await option('keys.suspicion').tap();
    await page.getByLabel(say('way.recovery')).selectOption({ label: say('fate.remove') });
    await button('common.continue').tap();
    await field('pass.label').fill(NEW);
    await field('pass.repeat').fill(NEW);
    await core.device({ dialog: 'cancelled' });
    await button('keys.act').tap();
    await expect(page.getByTestId('lost')).toHaveText(say('keys.lost_one', { way: say('way.biometric') }));
    expect(await ways(core)).toEqual(['passphrase']);
  });

  test('a dialog that is answered keeps it', async ({ page, start, core, say, button, option, field, settings }) => {
    await give(core, 'passphrase', true);
    await start();
    await settings();
    await option('keys.suspicion').tap();
    await page.getByLabel(say('way.passphrase')).selectOption({ label: say('fate.keep') });
    await page.getByLabel(say('way.recovery')).selectOption({ label: say('fate.remove') });
    await button('common.continue').tap();
    await field('pass.label').fill(PASSPHRASE);
    await button('keys.act').tap();
    await expect(page.getByRole('heading', { name: say('keys.done') })).toBeVisible();
    await expect(page.getByTestId('lost')).toHaveCount(0);
    expect(await ways(core)).toEqual(['biometric', 'passphrase']);
  });
});

test.describe('a changed access code', () => {
  for (const platform of ['desktop', 'android'] as const) {
    test.describe(platform, () => {
      test.use({ platform });

      test(platform === 'desktop' ? 'offers other keys' : 'is all there is to it', async ({
        page, start, core, say, button, field, act, opening,
      }) => {
        await give(core, 'pin and passphrase');
        await start();
        await opening();
        for (const then of platform === 'desktop' ? ['offerKeys.later', 'keys.suspicion'] : [null]) {
          await act('change', 'pin').tap();
          await field('pin.label').fill('271828');
          await field('pin.repeat').fill('271828');
          await button('common.save').tap();
          if (then) await button(then).tap();
        }
        const title = platform === 'desktop' ? 'keys.suspicion' : 'opening.title';
        await expect(page.getByRole('heading', { name: say(title) })).toBeVisible();
        await core.call('prove', { credential: 'pin', text: '271828' });
      });
    });
  }
});
