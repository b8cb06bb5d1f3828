import { expect, test } from '../support/app';
import type { Core } from '../support/core';
import { passWords } from '../support/first-run';
import { pasteOrDrop } from '../support/paste-or-drop';
import { setUpCredentials } from '../support/credentials';
import { matchesRoleSnapshot } from '../support/role-snapshot';
import { PIN, rows, SECRETS } from '../support/vaults';

const LINK = 'otpauth://totp/Portail:jeanne?issuer=Portail&secret=PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';

/** Sets the clock to the middle of a code's period. */
function amidWindow(core: Core): void {
  const send = core.send.bind(core);
  core.send = async (call) => {
    if (call.cmd !== 'reveal') return send(call);
    const nowMs = Date.now();
    const [validFromMs, validUntilMs] = [nowMs - 10_000, nowMs + 20_000];
    const { id } = call.args as { id: string };
    return { ok: { id, code: '855319', codeRef: { by: 'time', validFromMs }, validFromMs, validUntilMs, next: '755224', nowMs } };
  };
}

/** The accessible roles and names of each screen. */
for (const lang of ['fr', 'en'] as const) {
  test.describe(lang, () => {
    test.use({ lang });
    const as = (name: string) => `${lang}-${name}`;

    test.describe('first run', () => {
      test.use({ before: 'nothing', device: { biometric: 'ready' } });

      test('first run', async ({ page, start, say, button, option, field }) => {
        await start();
        await matchesRoleSnapshot(page, as('welcome'));
        await button('welcome.start').tap();
        await matchesRoleSnapshot(page, as('protect'));
        await option('credential.device').tap();
        await matchesRoleSnapshot(page, as('no-code'));
        await button('common.back').tap();
        await option('credential.passphrase').tap();
        await matchesRoleSnapshot(page, as('passphrase'));
        await button('common.back').tap();
        await option('credential.pin').tap();
        await matchesRoleSnapshot(page, as('access-code'));
        await field('accessCode.label').fill(PIN);
        await field('accessCode.repeat').fill(PIN);
        await button('passphrase.create').tap();
        await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
        await matchesRoleSnapshot(page, as('words'));
        await button('recoveryWords.later').tap();
        await matchesRoleSnapshot(page, as('words-later'));
        await button('recoveryWords.again').tap();
        await passWords(page, say);
        await expect(page.getByRole('heading', { name: say('biometric.title') })).toBeVisible();
        await matchesRoleSnapshot(page, as('biometric'));
        await button('biometric.later').tap();
        await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
        await matchesRoleSnapshot(page, as('list-empty'));
      });
    });

    test('the list, an entry and its screens', async ({ page, start, say, button, key, row }) => {
      await start();
      await expect(key('demo')).toBeVisible();
      await matchesRoleSnapshot(page, as('list'));
      await key('Société').tap();
      await expect(button('row.newCode')).toBeVisible();
      await matchesRoleSnapshot(page, as('list-counter'));
      await page.getByRole('searchbox').fill('zzz');
      await expect(page.getByText(say('list.nothingFound'))).toBeVisible();
      await matchesRoleSnapshot(page, as('list-nothing-found'));
      await button('list.clear').tap();
      await row('demo').getByRole('button').last().tap();
      await expect(page.getByRole('dialog')).toBeVisible();
      await matchesRoleSnapshot(page, as('row-menu'));
      await button('menu.details').tap();
      await expect(page.getByText(say('fact.created'))).toBeVisible();
      await matchesRoleSnapshot(page, as('details'));
      await button('saved.refusedTitle').tap();
      await expect(page.getByRole('heading', { name: say('checkCodes.title') })).toBeVisible();
      await matchesRoleSnapshot(page, as('doctor'));
      await button('common.back').tap();
      await button('details.edit').tap();
      await expect(page.getByRole('switch')).toBeVisible();
      await matchesRoleSnapshot(page, as('edit'));
      await page.getByRole('button', { name: say('icon.label') }).tap();
      await page.getByRole('searchbox').fill('infomaniak');
      await expect(page.getByRole('radio')).toHaveCount(1);
      await matchesRoleSnapshot(page, as('icon'));
    });

    test('a code', async ({ page, start, core, key, row }) => {
      amidWindow(core);
      await start();
      await key('demo').tap();
      await expect(row('demo').getByTestId('code')).toBeVisible();
      await matchesRoleSnapshot(page, as('list-open'));
    });

    test('a new entry and its code', async ({ page, start, core, say, button }) => {
      amidWindow(core);
      await start();
      await button('list.add').tap();
      await pasteOrDrop(page, 'paste', { text: LINK });
      await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
      await matchesRoleSnapshot(page, as('confirm'));
      await button('confirmEntry.save').tap();
      await expect(page.getByTestId('saved-entry').getByTestId('code')).toBeVisible();
      await page.locator('summary').click();
      await matchesRoleSnapshot(page, as('saved'));
    });

    test('adding', async ({ page, start, say, button, field }) => {
      const label = (key: string) => page.getByRole('button', { name: say(key) });
      await start();
      await button('list.add').tap();
      await expect(label('add.byHand')).toBeVisible();
      await matchesRoleSnapshot(page, as('add'));
      await label('add.byHand').tap();
      await page.getByText(say('manualEntry.advanced')).tap();
      await matchesRoleSnapshot(page, as('by-hand'));
      await button('common.back').tap();
      await label('add.link').tap();
      await expect(field('pasteLink.label')).toBeVisible();
      await matchesRoleSnapshot(page, as('link'));
      await button('common.back').tap();
      await pasteOrDrop(page, 'paste', { text: `${LINK}\notpauth://totp/other:me?secret=${SECRETS.demo}&issuer=other` });
      await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible();
      await matchesRoleSnapshot(page, as('pick'));
      await page.getByRole('button', { name: /^other/ }).tap();
      await expect(page.getByTestId('known')).toBeVisible();
      await matchesRoleSnapshot(page, as('confirm-known'));
    });

    test('the menu and what it leads to', async ({ page, start, core, say, button, option }) => {
      for (const { id } of (await rows(core)).slice(0, 2)) await core.call('trash_entry', { id });
      const menu = async (key: string) => {
        await button('list.menu').tap();
        await button(key).tap();
      };
      await start();
      await button('list.menu').tap();
      await expect(page.getByRole('dialog')).toBeVisible();
      await matchesRoleSnapshot(page, as('menu'));
      await button('menu.trash').tap();
      await expect(page.getByTestId('trashed-row')).toHaveCount(2);
      await matchesRoleSnapshot(page, as('trash'));
      await button('common.back').tap();
      await menu('help.title');
      await page.locator('summary').first().click();
      await matchesRoleSnapshot(page, as('help'));
      await button('common.back').tap();
      await menu('menu.settings');
      await expect(page.getByRole('heading', { name: say('settings.title') })).toBeVisible();
      await matchesRoleSnapshot(page, as('settings'));
      await option('licences.title').tap();
      await page.getByRole('searchbox').fill('zzz');
      await matchesRoleSnapshot(page, as('licences'));
    });

    test.describe('what opens the app', () => {
      test.use({ before: 'closed', platform: 'android', device: { biometric: 'ready' } });

      test('what opens the app', async ({ page, start, core, say, button, option }) => {
        const act = (act: string, way: string) =>
          button('unlockMethods.act', { act: say(`unlockMethods.${act}`), way: say(`credential.${way}`) });
        await setUpCredentials(core, 'pin and passphrase', true);
        await start();
        await button('list.menu').tap();
        await button('menu.settings').tap();
        await option('settings.opening').tap();
        await expect(page.getByTestId('way')).toHaveCount(5);
        await matchesRoleSnapshot(page, as('opening'));
        await act('remove', 'pin').tap();
        await matchesRoleSnapshot(page, as('opening-remove'));
        await button('common.cancel').tap();
        await act('harder', 'pin').tap();
        await expect(page.getByLabel(say('kdfCost.label'))).toBeVisible();
        await matchesRoleSnapshot(page, as('cost'));
        await button('common.back').tap();
        core.refuse('draft_recovery_words', 'reauthRequired');
        await act('renew', 'recovery').tap();
        await expect(page.getByTestId('fate')).toHaveCount(4);
        await matchesRoleSnapshot(page, as('keys-plan'));
        await core.device({ dialog: 'cancelled' });
        await button('common.continue').tap();
        await expect(page.getByRole('alert')).toBeVisible();
        await matchesRoleSnapshot(page, as('proof'));
      });

      test('other keys, and the services to renew', async ({ page, start, core, say, button, option, field }) => {
        await setUpCredentials(core, 'no code');
        await start();
        await button('list.menu').tap();
        await button('menu.settings').tap();
        await option('settings.opening').tap();
        await button('unlockMethods.act', { act: say('unlockMethods.remove'), way: say('credential.recovery') }).tap();
        await button('keyReplacement.act').tap();
        await button('keyReplacement.anyway').tap();
        await expect(page.getByRole('heading', { name: say('keyReplacement.done') })).toBeVisible();
        await matchesRoleSnapshot(page, as('keys-done'));
        await page.getByText(say('keyReplacement.servicesTitle')).click();
        await button('keyReplacement.servicesAct').tap();
        await expect(page.getByTestId('tick')).toHaveCount(6);
        await matchesRoleSnapshot(page, as('renewals'));
        await button('common.back').tap();
        await button('unlockMethods.act', { act: say('unlockMethods.add'), way: say('credential.recovery') }).tap();
        await expect(button('newRecoveryWords.create')).toBeVisible();
        await matchesRoleSnapshot(page, as('new-words'));
        await expect(field('passphrase.label')).toHaveCount(0);
      });

      test('the lock, and after the recovery words', async ({ page, start, core, say, button, field, vaults }) => {
        await setUpCredentials(core, 'pin and passphrase', true);
        await core.call('lock');
        await core.device({ dialog: 'cancelled' });
        await start();
        await expect(page.getByRole('alert')).toBeVisible();
        await matchesRoleSnapshot(page, as('lock-biometric'));
        await button('unlock.usePin').tap();
        await matchesRoleSnapshot(page, as('lock-access-code'));
        await button('unlock.useWords').tap();
        await matchesRoleSnapshot(page, as('lock-words'));
        await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
        await button('unlock.open').tap();
        await expect(page.getByRole('heading', { name: say('replaceCredential.title') })).toBeVisible();
        await matchesRoleSnapshot(page, as('renewal'));
      });
    });

    test.describe('a damaged vault', () => {
      test.use({ before: 'closed', damage: 'truncated' });

      test('a damaged vault', async ({ page, start, say }) => {
        await start();
        await expect(page.getByRole('heading', { name: say('damagedVault.title') })).toBeVisible();
        await matchesRoleSnapshot(page, as('unreadable'));
      });
    });
  });
}
