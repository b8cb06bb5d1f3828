import { expect, test } from './support/app';
import { pasteOrDrop } from './support/paste-or-drop';
import { totp, totpBetween } from './support/oathtool';
import { picture } from './support/screen';
import { prove } from './support/vaults';

const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
const AHEAD_MS = 10 * 60_000;

test('two codes of another device show that this clock is late, and the codes are corrected', async ({
  page,
  start,
  core,
  say,
  button,
  field,
}) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: `otpauth://totp/Banque:carte?secret=${SECRET}&issuer=Banque` });
  await button('confirmEntry.save').tap();
  await page.getByText(say('saved.refusedTitle')).tap();
  await button('checkCodes.open').tap();

  const theirs = Date.now() + AHEAD_MS;
  await field('checkCodes.first').fill(totp({ secret: SECRET }, theirs - 30_000));
  await field('checkCodes.second').fill(totp({ secret: SECRET }, theirs));
  await button('checkCodes.ask').tap();
  await expect(page.getByTestId('verdict')).toContainText(/retarde d’environ 10.minutes/);
  await picture(page, '97-doctor');
  await prove(core);
  await button('checkCodes.correct').tap();
  await expect(page.getByTestId('verdict')).toHaveText(say('checkCodes.corrected'));

  await button('common.back').tap();
  const code = (await page.getByTestId('code').textContent())?.replace(/\D/g, '');
  const now = Date.now() + AHEAD_MS;
  // The correction is as coarse as a period.
  expect(totpBetween({ secret: SECRET }, now - 30_000, now + 30_000).concat(totp({ secret: SECRET }, now))).toContain(code);

  await button('common.done').tap();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await expect(page.getByTestId('clock-offset')).toBeVisible();
  await prove(core);
  await button('checkCodes.undo').tap();
  await expect(page.getByTestId('clock-offset')).toHaveCount(0);
});

test('codes that match nothing may be of another secret or another period', async ({ page, start, say, button, field, row }) => {
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.details').tap();
  await button('saved.refusedTitle').tap();
  await field('checkCodes.first').fill('000 000');
  await field('checkCodes.second').fill('111 111');
  await button('checkCodes.ask').tap();
  await expect(page.getByTestId('verdict')).toHaveText(say('checkCodes.unknown'));
  await expect(button('checkCodes.correct')).toHaveCount(0);
});

test.describe('what is wrong with the typing', () => {
  test.beforeEach(async ({ page, start, say, row, button }) => {
    await start();
    await row('demo').getByRole('button').last().tap();
    await button('menu.details').tap();
    await button('saved.refusedTitle').tap();
    await expect(page.getByRole('heading', { name: say('checkCodes.title') })).toBeVisible();
  });

  test('is reported beside the field, without a word about the secret', async ({ page, say, button, field }) => {
    await field('checkCodes.first').fill('12A 456');
    await field('checkCodes.second').fill('12-345');
    await button('checkCodes.ask').tap();
    await expect(field('checkCodes.first')).toHaveAccessibleDescription(say('checkCodes.notDigits', { expected: 6 }));
    await expect(field('checkCodes.second')).toHaveAccessibleDescription(say('checkCodes.length', { length: 5, expected: 6 }));
    await expect(page.locator('[aria-invalid="true"]')).toHaveCount(2);
    await expect(page.getByTestId('verdict')).toHaveCount(0);
    await picture(page, '97-doctor-mistyped');

    await field('checkCodes.first').fill('123 456');
    await button('checkCodes.ask').tap();
    await expect(field('checkCodes.first')).toHaveAccessibleDescription('');
    await expect(page.locator('[aria-invalid="true"]')).toHaveCount(1);
  });

  test('of both together is said below them', async ({ page, say, button, field }) => {
    const verdict = page.getByTestId('verdict');
    await field('checkCodes.first').fill('123456');
    await field('checkCodes.second').fill('12 34 56');
    await button('checkCodes.ask').tap();
    await expect(verdict).toHaveText(say('checkCodes.sameCode'));
    await field('checkCodes.second').fill('1234-567');
    await button('checkCodes.ask').tap();
    await expect(verdict).toHaveText(say('checkCodes.lengthsDiffer', { first: 6, second: 7, expected: 6 }));
    await expect(page.locator('[aria-invalid="true"]')).toHaveCount(0);
    await picture(page, '97-doctor-lengths');
  });
});

test('right codes are found in any grouping, and those of another period are named', async ({
  page,
  start,
  say,
  button,
  field,
}) => {
  await start();
  await button('list.add').tap();
  await pasteOrDrop(page, 'paste', { text: `otpauth://totp/Banque:carte?secret=${SECRET}&issuer=Banque` });
  await button('confirmEntry.save').tap();
  await page.getByText(say('saved.refusedTitle')).tap();
  await button('checkCodes.open').tap();

  const parted = (code: string, sign: string) => `${code.slice(0, 3)}${sign}${code.slice(3)}`;
  const compare = async (period: number) => {
    const now = Date.now();
    await field('checkCodes.first').fill(parted(totp({ secret: SECRET, period }, now - period * 1000), '-'));
    await field('checkCodes.second').fill(parted(totp({ secret: SECRET, period }, now), '\u2009.\u00a0'));
    await button('checkCodes.ask').tap();
  };
  await compare(30);
  await expect(page.getByTestId('verdict')).toHaveText(say('checkCodes.right'));
  await compare(60);
  await expect(page.getByTestId('verdict')).toHaveText(
    say('checkCodes.parameters', { algorithm: 'SHA1', digits: 6, period: '1 minute' }),
  );
  await picture(page, '97-doctor-period');
});
