import type { Page } from '@playwright/test';
import { expect, test as base } from '../support/app';
import type { Credential, VaultCredentials } from '../../src/ipc/wire';
import { setUpCredentials, unlockWith } from '../support/credentials';
import { picture } from '../support/screen';
import { PASSPHRASE, PIN } from '../support/vaults';
import { LANGS } from '../support/words';

const OTHER_PIN = '271828';
type Act = 'add' | 'change' | 'choose' | 'remove' | 'renew' | 'harder';

const test = base.extend<{
  /** The card of a credential. */
  card: (way: Credential) => ReturnType<Page['getByTestId']>;
  act: (act: Act, way: Credential) => ReturnType<Page['getByRole']>;
  /** From the list to the unlock methods. */
  visit: () => Promise<void>;
  ways: () => Promise<Credential[]>;
}>({
  card: ({ page }, use) => use((way) => page.locator(`[data-testid=way][data-way=${way}]`)),
  act: ({ page, say }, use) =>
    use((act, way) =>
      page.getByRole('button', { name: say('unlockMethods.act', { act: say(`unlockMethods.${act}`), way: say(`credential.${way}`) }), exact: true }),
    ),
  visit: ({ page, say, start, button, option }, use) =>
    use(async () => {
      await start();
      await button('list.menu').tap();
      await button('menu.settings').tap();
      await option('settings.opening').tap();
      await expect(page.getByTestId('way').first()).toBeVisible();
      await expect(page.getByRole('heading', { name: say('unlockMethods.title') })).toBeVisible();
    }),
  ways: ({ core }, use) => use(async () => (await core.call<{ credentials: Credential[] }>('status')).credentials),
});

test.use({ before: 'closed' });

test('the unlock methods, each in its own words', async ({ page, core, say, visit, card, act }) => {
  await setUpCredentials(core, 'pin and passphrase');
  await visit();
  await expect(page.getByTestId('way')).toHaveCount(4);
  await expect(card('pin')).toContainText(say('unlockMethods.pin'));
  await expect(card('pin')).toContainText(say('unlockMethods.cost', { memory: 64, passes: 3 }));
  await expect(card('passphrase')).toContainText(say('unlockMethods.passphrase'));
  await expect(card('device')).toContainText(say('unlockMethods.noneDevice'));
  await expect(card('recovery')).toContainText(say('unlockMethods.recoveryConfirmed'));
  await expect(card('recovery')).not.toContainText('passes');
  await expect(act('choose', 'device')).toBeVisible();
  await expect(page.getByTestId('no-store')).toHaveCount(0);
  await picture(page, '107-opening');
  await card('recovery').scrollIntoViewIfNeeded();
  await picture(page, '108-opening-below');
  await page.setViewportSize({ width: 320, height: 568 });
  await card('pin').scrollIntoViewIfNeeded();
  await picture(page, '109-narrow-opening');
});

test('the access code is changed, then removed', async ({ page, core, say, button, field, visit, act, ways }) => {
  await setUpCredentials(core, 'pin and passphrase');
  await visit();
  await act('change', 'pin').tap();
  await field('accessCode.label').fill(OTHER_PIN);
  await field('accessCode.repeat').fill(OTHER_PIN);
  await button('common.save').tap();
  await button('offerKeyReplacement.later').tap();
  await expect(page.getByText(say('toast.saved'))).toBeVisible();
  expect(await core.send({ cmd: 'reauthenticate', args: { credential: 'pin', text: PIN } })).toMatchObject({
    err: { code: 'credentialRejected' },
  });
  await core.call('reauthenticate', { credential: 'pin', text: OTHER_PIN });

  await act('remove', 'pin').tap();
  await expect(page.getByRole('dialog', { name: say('removeCredential.pin') })).toContainText(say('removeCredential.pinWhat'));
  await picture(page, '110-remove-pin');
  await button('common.cancel').tap();
  expect(await ways()).toContain('pin');
  await act('remove', 'pin').tap();
  await button('unlockMethods.remove').tap();
  await expect(act('add', 'pin')).toBeVisible();
  expect(await ways()).toEqual(['passphrase', 'recovery']);
});

test('an access code is added beside the passphrase', async ({ core, button, field, visit, act, ways }) => {
  await setUpCredentials(core, 'passphrase');
  await visit();
  await act('add', 'pin').tap();
  await field('accessCode.label').fill(PIN);
  await field('accessCode.repeat').fill(PIN);
  await button('common.save').tap();
  await expect(act('change', 'pin')).toBeVisible();
  expect(await ways()).toEqual(['pin', 'passphrase', 'recovery']);
});

test('a passphrase is added beside an access code', async ({ page, core, say, button, field, visit, act, ways }) => {
  await setUpCredentials(core, 'pin');
  await visit();
  await act('add', 'passphrase').tap();
  await expect(page.getByText(say('passphrase.why'))).toBeVisible();
  await field('passphrase.label').fill('une phrase toute neuve');
  await field('passphrase.repeat').fill('une phrase toute neuve');
  await button('common.save').tap();
  await expect(act('change', 'passphrase')).toBeVisible();
  await core.call('reauthenticate', { credential: 'passphrase', text: 'une phrase toute neuve' });
  expect(await ways()).toEqual(['pin', 'passphrase', 'recovery']);
});

test('a weak passphrase is accepted only at the second attempt', async ({ page, core, say, button, field, visit, act }) => {
  await setUpCredentials(core, 'pin');
  await visit();
  await act('add', 'passphrase').tap();
  const type = async (text: string) => {
    await field('passphrase.label').fill(text);
    await field('passphrase.repeat').fill(text);
  };
  const sent = () => core.asked.filter(({ cmd }) => cmd === 'set_credential').length;
  const before = sent();
  await type('password');
  await button('common.save').tap();
  await expect(page.getByRole('alert')).toHaveText(say('passphrase.weak'));
  expect(sent()).toBe(before);
  // Only that text was accepted.
  await type('password1');
  await expect(button('passphrase.weakAnyway')).toHaveCount(0);
  await button('common.save').tap();
  await button('passphrase.weakAnyway').tap();
  await expect(act('change', 'passphrase')).toBeVisible();
  await core.call('reauthenticate', { credential: 'passphrase', text: 'password1' });
});

test('no code at all takes the place of the access code, behind a warning', async ({ page, core, say, button, visit, act, card, ways }) => {
  await setUpCredentials(core, 'pin');
  await visit();
  await act('choose', 'device').tap();
  await expect(page.getByText(say('noCode.warning'))).toBeVisible();
  await expect(page.getByText(say('noCode.ends'))).toBeVisible();
  await picture(page, '113-no-code-instead');
  await button('noCode.keep').tap();
  await expect(act('change', 'pin')).toBeVisible();
  await act('choose', 'device').tap();
  await button('noCode.confirm').tap();
  await expect(card('device')).toContainText(say('unlockMethods.device'));
  expect(await ways()).toEqual(['device', 'recovery']);
  // And back to a code.
  await act('add', 'pin').tap();
  await page.getByRole('textbox', { name: say('accessCode.label'), exact: true }).fill(PIN);
  await page.getByRole('textbox', { name: say('accessCode.repeat') }).fill(PIN);
  await button('common.save').tap();
  await expect(card('device')).toContainText(say('unlockMethods.noneDevice'));
  expect(await ways()).toEqual(['pin', 'recovery']);
});

test.describe('a device with a biometric', () => {
  test.use({ device: { biometric: 'ready' } });

  test('a fingerprint is added and removed', async ({ page, core, say, button, visit, act, card, ways }) => {
    await setUpCredentials(core, 'pin');
    await visit();
    await act('add', 'biometric').tap();
    await button('biometric.later').tap();
    await act('add', 'biometric').tap();
    await button('biometric.add').tap();
    await expect(card('biometric')).toContainText(say('unlockMethods.biometric'));
    expect(await ways()).toEqual(['biometric', 'pin', 'recovery']);
    await act('remove', 'biometric').tap();
    await expect(page.getByRole('dialog', { name: say('removeCredential.biometric') })).toBeVisible();
    await button('unlockMethods.remove').tap();
    await expect(act('add', 'biometric')).toBeVisible();
    expect(await ways()).toEqual(['pin', 'recovery']);
  });

  test('a fingerprint is no use where the app opens without a code', async ({ core, say, visit, card, act }) => {
    await setUpCredentials(core, 'no code');
    await visit();
    await expect(card('biometric')).toContainText(say('unlockMethods.pointless'));
    await expect(act('add', 'biometric')).toHaveCount(0);
  });
});

test.describe('a device without an enrolled fingerprint', () => {
  test.use({ device: { biometric: 'notEnrolled' } });

  test('says where to begin', async ({ core, say, visit, card }) => {
    await setUpCredentials(core, 'pin');
    await visit();
    await expect(card('biometric')).toContainText(say('unlockMethods.notEnrolled'));
  });
});

test.describe('a device that keeps no secrets', () => {
  test.use({ device: { absent: true } });

  test('says what is not possible here, and why', async ({ page, core, say, visit }) => {
    await setUpCredentials(core, 'passphrase');
    await visit();
    await expect(page.getByTestId('no-store')).toHaveText(say('unlockMethods.noStore'));
    await expect(page.getByTestId('way')).toHaveCount(2);
    await picture(page, '114-opening-no-store');
  });
});

test('raising the KDF cost makes guessing harder', async ({ page, core, say, button, field, visit, act, card }) => {
  await setUpCredentials(core, 'pin and passphrase');
  await visit();
  await act('harder', 'pin').tap();
  await expect(page.getByText(say('kdfCost.now', { memory: 64, passes: 3 }))).toBeVisible();
  await expect(page.getByLabel(say('kdfCost.label')).locator('option')).toHaveText([
    say('kdfCost.level', { memory: 128, passes: 3 }),
    say('kdfCost.level', { memory: 256, passes: 3 }),
  ]);
  await picture(page, '115-cost');
  await field('accessCode.label').fill(OTHER_PIN);
  await button('common.save').tap();
  await expect(page.getByRole('alert')).toHaveText(say('rejected.pin'));
  await page.getByLabel(say('kdfCost.label')).selectOption({ label: say('kdfCost.level', { memory: 256, passes: 3 }) });
  await field('accessCode.label').fill(PIN);
  await button('common.save').tap();
  await expect(card('pin')).toContainText(say('unlockMethods.cost', { memory: 256, passes: 3 }));
  await expect(act('harder', 'pin')).toHaveCount(0);
  await expect(act('harder', 'passphrase')).toBeVisible();
  const { credentials } = await core.call<VaultCredentials>('list_credentials');
  expect(credentials.find(({ credential }) => credential === 'pin')?.kdfCost).toEqual({ memoryMib: 256, passes: 3 });
});

test.describe('a proof', () => {
  test('is given by the access code', async ({ page, core, say, button, field, visit, act, ways }) => {
    await setUpCredentials(core, 'pin and passphrase');
    await visit();
    core.refuseOnce('remove_credential', 'reauthRequired');
    await act('remove', 'pin').tap();
    await button('unlockMethods.remove').tap();
    const sheet = page.getByRole('dialog', { name: say('reauth.title') });
    await expect(sheet).not.toContainText(say('passphrase.label'));
    await expect(field('accessCode.label')).toBeFocused();
    await picture(page, '116-reauth-pin');
    await field('accessCode.label').fill(OTHER_PIN);
    await button('reauth.confirm').tap();
    await expect(page.getByRole('alert')).toHaveText(say('rejected.pin'));
    await field('accessCode.label').fill(PIN);
    await button('reauth.confirm').tap();
    await expect(sheet).toHaveCount(0);
    await expect(act('add', 'pin')).toBeVisible();
    expect(await ways()).toEqual(['passphrase', 'recovery']);
  });

  test('is asked again for each thing that is refused, by any way there is', async ({ page, core, say, button, field, visit, act }) => {
    await setUpCredentials(core, 'pin and passphrase');
    await visit();
    core.refuseOnce('remove_credential', 'reauthRequired');
    await act('remove', 'pin').tap();
    await button('unlockMethods.remove').tap();
    await page.getByRole('dialog', { name: say('reauth.title') }).getByRole('button', { name: say('unlock.usePass') }).tap();
    await field('passphrase.label').fill(PASSPHRASE);
    await button('reauth.confirm').tap();
    await expect(act('add', 'pin')).toBeVisible();
  });

  test('is one touch where there is no code', async ({ page, core, say, button, visit, act, ways }) => {
    await setUpCredentials(core, 'no code');
    await core.call('lock');
    await unlockWith(core, 'no code');
    await visit();
    core.refuseOnce('draft_recovery_words', 'reauthRequired');
    await act('renew', 'recovery').tap();
    await button('common.continue').tap();
    const sheet = page.getByRole('dialog', { name: say('reauth.title') });
    await expect(sheet.getByRole('textbox')).toHaveCount(0);
    await picture(page, '117-reauth-no-code');
    await button('reauth.confirm').tap();
    await expect(page.getByRole('list', { name: say('recoveryWords.list') }).getByRole('listitem')).toHaveCount(12);
    expect(await ways()).toEqual(['device', 'recovery']);
  });

  test.describe('where there is a biometric', () => {
    test.use({ device: { biometric: 'ready' } });

    test('is asked of the biometric at once', async ({ page, core, say, button, field, visit, act }) => {
      await setUpCredentials(core, 'pin', true);
      await visit();
      const { asked } = await core.device({ dialog: 'cancelled' });
      core.refuseOnce('remove_credential', 'reauthRequired');
      await act('remove', 'biometric').tap();
      await button('unlockMethods.remove').tap();
      await expect(page.getByRole('alert')).toHaveText(say('error.biometricCancelled'));
      expect((await core.device({ dialog: 'yes' })).asked).toBe(asked + 1);
      await picture(page, '118-reauth-biometric');
      await page.getByRole('dialog', { name: say('reauth.title') }).getByRole('button', { name: say('unlock.usePin') }).tap();
      await expect(field('accessCode.label')).toBeFocused();
      await button('unlock.useBiometric').tap();
      await expect(act('add', 'biometric')).toBeVisible();
    });
  });
});

test.describe('the previous copy', () => {
  test.use({ damage: 'truncated' });

  test('tells what opens it, and changes nothing', async ({ page, core, say, visit, act }) => {
    await core.call('open_previous_generation', { credential: 'passphrase', text: PASSPHRASE });
    await visit();
    await act('change', 'passphrase').tap({ force: true });
    await expect(page.getByTestId('toast')).toContainText(say('readOnly.reason'));
    await picture(page, '119-opening-read-only');
  });
});

for (const lang of LANGS.filter((one) => one !== 'fr')) {
  test.describe(`in another language: ${lang}`, () => {
    test.use({ lang });

    test('what opens the app', async ({ page, core, visit, card }) => {
      await setUpCredentials(core, 'pin and passphrase');
      await visit();
      await picture(page, `120-${lang}-opening`);
      await card('recovery').scrollIntoViewIfNeeded();
      await picture(page, `121-${lang}-opening-below`);
    });
  });
}
