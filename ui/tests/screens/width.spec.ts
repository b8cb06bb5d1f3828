import { expect, test } from '../support/app';
import { passWords } from '../support/first-run';
import { setUpCredentials } from '../support/credentials';
import { PASSPHRASE, PIN, rows, SECRETS } from '../support/vaults';
import { fitsWidth } from '../support/fits-width';
import { LANGS } from '../support/words';

const LINK = 'otpauth://totp/Portail:jeanne?issuer=Portail&secret=PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';

/** No text is wider than its place on the narrowest phone, in any language. */
test.use({ viewport: { width: 320, height: 640 } });

for (const lang of LANGS) {
  test.describe(lang, () => {
    test.use({ lang });

    test.describe('first run', () => {
      test.use({ before: 'nothing', device: { biometric: 'ready' } });

      test('first run', async ({ page, start, say, button, option, field }) => {
        await start();
        await fitsWidth(page, 'welcome');
        await button('welcome.start').tap();
        await fitsWidth(page, 'protect');
        await option('credential.device').tap();
        await fitsWidth(page, 'no code');
        await button('common.back').tap();
        await option('credential.passphrase').tap();
        await field('passphrase.label').fill('motdepasse1');
        await expect(page.getByText(say('passphrase.weak'))).toBeVisible();
        await fitsWidth(page, 'passphrase');
        await button('common.back').tap();
        await option('credential.pin').tap();
        await field('accessCode.label').fill(PIN);
        await field('accessCode.repeat').fill(PIN);
        await fitsWidth(page, 'access code');
        await button('passphrase.create').tap();
        await expect(page.getByRole('heading', { name: say('recoveryWords.title') })).toBeVisible();
        await fitsWidth(page, 'words');
        await button('recoveryWords.later').tap();
        await fitsWidth(page, 'words, later');
        await button('recoveryWords.again').tap();
        await button('recoveryWords.noted').tap();
        await fitsWidth(page, 'words, checked');
        await button('recoveryWords.again').tap();
        await passWords(page, say);
        await expect(page.getByRole('heading', { name: say('biometric.title') })).toBeVisible();
        await fitsWidth(page, 'biometric');
        await button('biometric.later').tap();
        await expect(page.getByRole('heading', { name: say('list.emptyTitle') })).toBeVisible();
        await fitsWidth(page, 'empty list');
      });
    });

    test('the list and its menus', async ({ page, start, say, button, key, row }) => {
      await start();
      await key('demo').tap();
      await expect(row('demo').getByTestId('code')).toBeVisible();
      await fitsWidth(page, 'open code');
      await key('Société').tap();
      await expect(button('row.newCode')).toBeVisible();
      await fitsWidth(page, 'counter');
      await button('list.menu').tap();
      await fitsWidth(page, 'menu');
      await button('common.close').tap();
      await row('demo').getByRole('button').last().tap();
      await fitsWidth(page, "an entry's menu");
      await button('menu.details').tap();
      await expect(page.getByText(say('fact.created'))).toBeVisible();
      await fitsWidth(page, 'details');
      await button('details.edit').tap();
      await expect(page.getByRole('switch')).toBeVisible();
      await fitsWidth(page, 'edit');
      await button('common.cancel').tap();
      await page.getByRole('searchbox').fill('zzz');
      await expect(page.getByText(say('list.nothingFound'))).toBeVisible();
      await fitsWidth(page, 'nothing found');
    });

    test('groups', async ({ page, start, core, say, button, field, row }) => {
      const { id: group } = await core.call<{ id: string }>('add_group', { name: 'A' });
      await start();
      await fitsWidth(page, 'chips');
      await page.getByRole('button', { name: 'A', exact: true }).tap();
      await expect(page.getByText(say('groups.empty'))).toBeVisible();
      await fitsWidth(page, 'empty group');
      await button('groups.manage').tap();
      await button('groups.remove', { name: 'A' }).tap();
      await fitsWidth(page, 'groups, one to be removed');
      await button('groups.rename', { name: 'A' }).tap();
      await expect(field('groups.name')).toBeFocused();
      await fitsWidth(page, 'group, renamed');
      await button('common.done').tap();
      await button('groups.showAll').tap();
      const [first] = await rows(core);
      await core.call('set_groups', { id: first?.id, groups: [group] });
      await row('CC Commerce').getByRole('button').last().tap();
      await button('menu.groups').tap();
      await expect(page.getByRole('checkbox')).toBeChecked();
      await fitsWidth(page, "an entry's groups");
    });

    test('the order', async ({ page, start, core, say, button }) => {
      const appearance = await core.call<object>('appearance');
      await core.call('set_appearance', { appearance: { ...appearance, sort: 'recent' } });
      await start();
      await button('list.menu').tap();
      await button('menu.reorder').tap();
      await expect(page.getByText(say('order.how'))).toBeVisible();
      await button('order.handle', { name: 'CC Commerce Suisse, john.doe' }).tap();
      await fitsWidth(page, 'order');
    });

    test('adding', async ({ page, start, say, button, field }) => {
      const label = (key: string) => page.getByRole('button', { name: say(key) });
      await start();
      await button('list.add').tap();
      await fitsWidth(page, 'add');
      await label('add.byHand').tap();
      await page.getByText(say('manualEntry.advanced')).tap();
      await fitsWidth(page, 'by hand');
      await button('common.back').tap();
      await label('add.link').tap();
      await fitsWidth(page, 'link');
      await field('pasteLink.label').fill(`otpauth://totp/other:me?secret=${SECRETS.demo}&issuer=other`);
      await button('common.continue').tap();
      await expect(page.getByTestId('known')).toBeVisible();
      await fitsWidth(page, 'known entry');
      await button('confirmEntry.discard').tap();
      await field('pasteLink.label').fill(LINK);
      await button('common.continue').tap();
      await button('confirmEntry.save').tap();
      await page.getByText(say('saved.refusedTitle')).tap();
      await expect(page.getByTestId('code')).toBeVisible();
      await fitsWidth(page, 'saved');
    });

    test('the trash', async ({ page, start, core, button }) => {
      for (const { id } of (await rows(core)).slice(0, 2)) await core.call('trash_entry', { id });
      await start();
      await button('list.menu').tap();
      await button('menu.trash').tap();
      await expect(page.getByTestId('trashed-row')).toHaveCount(2);
      await fitsWidth(page, 'trash');
      await page.getByTestId('trashed-row').first().getByRole('button').last().tap();
      await expect(page.getByRole('dialog')).toBeVisible();
      await fitsWidth(page, 'deleted for ever');
      await button('common.cancel').tap();
      await button('trash.emptyAct').tap();
      await expect(page.getByRole('dialog')).toBeVisible();
      await fitsWidth(page, 'trash, to be emptied');
    });

    test.describe('a phone with a biometric', () => {
      test.use({ before: 'closed', platform: 'android', device: { biometric: 'ready' } });

      test('settings, and what opens the app', async ({ page, start, core, say, button, option }) => {
        const act = (act: string, way: string) =>
          button('unlockMethods.act', { act: say(`unlockMethods.${act}`), way: say(`credential.${way}`) });
        await setUpCredentials(core, 'pin and passphrase', true);
        await start();
        await button('list.menu').tap();
        await button('menu.settings').tap();
        await fitsWidth(page, 'settings');
        await option('settings.opening').tap();
        await expect(page.getByTestId('way')).toHaveCount(5);
        await fitsWidth(page, 'what opens the app');
        for (const way of ['pin', 'biometric']) {
          await act('remove', way).tap();
          await fitsWidth(page, `${way}, to be removed`);
          await button('common.cancel').tap();
        }
        await act('harder', 'pin').tap();
        await expect(page.getByLabel(say('kdfCost.label'))).toBeVisible();
        await fitsWidth(page, 'cost');
        await button('common.back').tap();
        core.refuse('draft_recovery_words', 'reauthRequired');
        await act('renew', 'recovery').tap();
        await core.device({ dialog: 'cancelled' });
        await button('common.continue').tap();
        await expect(page.getByRole('alert')).toBeVisible();
        await fitsWidth(page, 'proof');
      });

      test('the lock, and after the recovery words', async ({ page, start, core, say, button, field, vaults }) => {
        await setUpCredentials(core, 'pin and passphrase', true);
        await core.call('lock');
        await core.device({ dialog: 'cancelled' });
        await start();
        await expect(page.getByRole('alert')).toBeVisible();
        await fitsWidth(page, 'lock');
        await button('unlock.usePin').tap();
        await fitsWidth(page, 'lock, access code');
        await button('unlock.useWords').tap();
        await fitsWidth(page, 'lock, words');
        await field('unlock.wordsLabel').fill(vaults.filled.words.join(' '));
        await button('unlock.open').tap();
        await expect(page.getByRole('heading', { name: say('replaceCredential.title') })).toBeVisible();
        await fitsWidth(page, 'renewal');
        await button('replaceCredential.later').tap();
        await expect(page.getByTestId('renewal-reminder')).toBeVisible();
        await fitsWidth(page, 'reminder');
      });
    });

    test.describe('a damaged vault', () => {
      test.use({ before: 'closed', damage: 'truncated' });

      test('its previous copy', async ({ page, start, button, field }) => {
        await start();
        await fitsWidth(page, 'unreadable');
        await button('damagedVault.open').tap();
        await field('passphrase.label').fill(PASSPHRASE);
        await button('damagedVault.open').tap();
        await expect(page.getByTestId('read-only')).toBeVisible();
        await fitsWidth(page, 'read-only');
      });
    });
  });
}
