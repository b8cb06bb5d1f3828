import { expect, test } from './support/app';
import { give } from './support/give';
import { totp, totpBetween } from './support/oathtool';
import { picture } from './support/screen';

const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
const AHEAD_MS = 10 * 60_000;

test('two codes of another device tell that this clock is late, and the codes are corrected', async ({
  page,
  start,
  say,
  button,
  field,
}) => {
  await start();
  await button('list.add').tap();
  await give(page, 'paste', { text: `otpauth://totp/Banque:carte?secret=${SECRET}&issuer=Banque` });
  await button('confirm.save').tap();
  await page.getByText(say('saved.refusedTitle')).tap();
  await button('doctor.open').tap();

  const theirs = Date.now() + AHEAD_MS;
  await field('doctor.first').fill(totp({ secret: SECRET }, theirs - 30_000));
  await field('doctor.second').fill(totp({ secret: SECRET }, theirs));
  await button('doctor.ask').tap();
  await expect(page.getByTestId('verdict')).toContainText(/retarde d’environ 10.minutes/);
  await picture(page, '97-doctor');
  await button('doctor.correct').tap();
  await expect(page.getByTestId('verdict')).toHaveText(say('doctor.corrected'));

  await button('common.back').tap();
  const code = (await page.getByTestId('code').textContent())?.replace(/\D/g, '');
  const now = Date.now() + AHEAD_MS;
  // The correction is as coarse as a period.
  expect(totpBetween({ secret: SECRET }, now - 30_000, now + 30_000).concat(totp({ secret: SECRET }, now))).toContain(code);

  await button('common.done').tap();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await expect(page.getByTestId('clock-offset')).toBeVisible();
  await button('doctor.undo').tap();
  await expect(page.getByTestId('clock-offset')).toHaveCount(0);
});

test('codes of another secret are said to be that', async ({ page, start, say, button, field, row }) => {
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.details').tap();
  await button('saved.refusedTitle').tap();
  await field('doctor.first').fill('000 000');
  await field('doctor.second').fill('111 111');
  await button('doctor.ask').tap();
  await expect(page.getByTestId('verdict')).toHaveText(say('doctor.unknown'));
  await expect(button('doctor.correct')).toHaveCount(0);
});
