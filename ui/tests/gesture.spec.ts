import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';
import { hotp, totp, totpBetween } from './support/oathtool';
import { lasting, skipToLastSeconds } from './support/time';
import { addLink, prove, rows, SECRETS } from './support/vaults';

const NAMES = ['CC Commerce Suisse', 'demo', 'Espace client', 'connect.fer', 'Société générale', 'Steam'];

test('a closed row holds no code', async ({ page, start, core, say }) => {
  await start();
  const list = page.getByRole('list', { name: say('list.label') });
  await expect(list.getByRole('listitem')).toHaveCount(NAMES.length);
  await expect(page.getByTestId('code')).toHaveCount(0);
  expect(core.asked.map(({ cmd }) => cmd)).not.toContain('reveal');
  expect(await list.innerText()).not.toMatch(/\d{3}/);
});

test('a touched key shows the code in groups, as oathtool computes it', async ({ start, key, row }) => {
  await start();
  const cases = [
    { name: 'demo', of: { secret: SECRETS.demo }, groups: /^\d{3} \d{3}$/ },
    { name: 'Espace client', of: { secret: SECRETS.client, digits: 8, algorithm: 'sha256' }, groups: /^\d{4} \d{4}$/ },
  ] as const;
  for (const { name, of, groups } of cases) {
    const from = Date.now();
    await key(name).tap();
    await expect(row(name).getByTestId('code')).toHaveText(groups);
    const shown = await row(name).getByTestId('code').innerText();
    expect(totpBetween(of, from, Date.now())).toContain(shown.replace(' ', ''));
  }
  await key('Steam').tap();
  await expect(row('Steam').getByTestId('code')).toHaveText(/^[2-9BCDFGHJKMNPQRTVWXY]{5}$/);
});

test('a second touch closes it, and another key closes the first', async ({ page, start, key, row }) => {
  await start();
  await key('demo').tap();
  await expect(key('demo')).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByTestId('code')).toHaveCount(1);
  await key('connect.fer').tap();
  await expect(row('connect.fer').getByTestId('code')).toBeVisible();
  await expect(page.getByTestId('code')).toHaveCount(1);
  await expect(key('demo')).toHaveAttribute('aria-expanded', 'false');
  await key('connect.fer').tap();
  await expect(page.getByTestId('code')).toHaveCount(0);
});

test('a row stays expanded for the chosen time', async ({ page, start, core, key }) => {
  const safety = await core.call<object>('security_settings');
  await core.call('set_security_settings', { settings: { ...safety, revealS: 15 } });
  await page.clock.install();
  await start();
  await key('demo').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  await page.clock.runFor(12_000);
  await expect(page.getByTestId('code')).toBeVisible();
  await page.clock.runFor(3100);
  await expect(page.getByTestId('code')).toHaveCount(0);
});

test('when a period ends, the next code takes its place', async ({ start, core, key, row }) => {
  const secret = SECRETS.connect;
  await addLink(core, `otpauth://totp/quick:me?secret=${secret}&issuer=quick&period=3`);
  await start();
  await key('quick').tap();
  const code = row('quick').getByTestId('code');
  const first = (await code.innerText()).replace(' ', '');
  for (let windows = 0; windows < 2; windows += 1) {
    const shown = (await code.innerText()).replace(' ', '');
    await expect(code).not.toHaveText(`${shown.slice(0, 3)} ${shown.slice(3)}`, { timeout: 5000 });
  }
  const now = Date.now();
  const shown = (await code.innerText()).replace(' ', '');
  expect(totpBetween({ secret, period: 3 }, now - 250, Date.now())).toContain(shown);
  expect(shown).not.toBe(first);
});

test('touching the code copies what is shown, and says so', async ({ page, start, core, key, row, say }) => {
  await start();
  await key('demo').tap();
  const code = row('demo').getByTestId('code');
  const shown = (await code.innerText()).replace(' ', '');
  expect(await core.clipboard()).toBeNull();
  await code.tap();
  await expect(row('demo').getByRole('status')).toHaveText(say('row.copiedClears', { time: '30 secondes' }));
  expect(await core.clipboard()).toBe(shown);
  await expect(page.getByTestId('code')).toBeVisible();
});

test('a code about to expire says so and offers the next', async ({ page, start, core, key, row, say }) => {
  await page.clock.install();
  await start();
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toBeVisible();
  const digits = totp({ secret: SECRETS.demo }, await skipToLastSeconds(page));
  const next = row('demo').getByRole('button', { name: say('row.copyNext', { digits: [...digits].join(' ') }) });
  await expect(next).toHaveText(`${digits.slice(0, 3)} ${digits.slice(3)}`);
  await expect(row('demo').getByText(say('row.expires', { seconds: 4 }))).toBeVisible();
  await next.tap();
  await expect(row('demo').getByRole('status')).toHaveText(say('row.copiedNext', { seconds: 4 }));
  expect(await core.clipboard()).toBe(digits);
});

test('a counter moves on, is saved, and then shows its code', async ({ page, start, core, key, row, button }) => {
  await start();
  await key('Société').tap();
  await expect(button('row.newCode')).toBeVisible();
  await expect(page.getByTestId('code')).toHaveCount(0);
  for (const counter of [7, 8]) {
    await button('row.newCode').tap();
    const digits = hotp(SECRETS.counter, counter);
    await expect(row('Société').getByTestId('code')).toHaveText(`${digits.slice(0, 3)} ${digits.slice(3)}`);
    await row('Société').getByTestId('code').tap();
    await expect.poll(() => core.clipboard()).toBe(digits);
  }
  const entry = (await rows(core)).find(({ kind }) => kind === 'hotp');
  expect(await core.call('entry_details', { id: entry?.id })).toMatchObject({ counter: '9' });
});

test('a counter that cannot be saved shows no code', async ({ page, start, core, key, button, say }) => {
  await start();
  await key('Société').tap();
  core.refuse('advance_counter', 'storageFailed');
  await button('row.newCode').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.storageFailed'));
  await expect(page.getByTestId('code')).toHaveCount(0);
});

test('all codes are shown where that was chosen', async ({ page, start, core, button, key, row, say }) => {
  await start();
  await button('list.menu').tap();
  await button('menu.settings').tap();
  await prove(core);
  await page.getByRole('switch', { name: say('settings.showAll') }).tap();
  await expect(page.getByRole('switch', { name: say('settings.showAll') })).toBeChecked();
  await button('common.back').tap();
  await expect(page.getByTestId('code')).toHaveCount(NAMES.length - 1);
  await expect(row('Société').getByTestId('code')).toHaveCount(0);
  await key('demo').tap();
  await expect(row('demo').getByTestId('code')).toHaveCount(0);
  await expect(page.getByTestId('code')).toHaveCount(NAMES.length - 2);
});

test('it works without a pointer', async ({ page, start, core, key, row }) => {
  await start();
  await expect(key('CC Commerce')).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  for (let steps = 0; (await focused()) !== (await key('demo').getAttribute('aria-label')); steps += 1) {
    expect(steps, 'the key is reached').toBeLessThan(20);
    await page.keyboard.press('Tab');
  }
  await lasting(12_000);
  await page.keyboard.press('Enter');
  const code = row('demo').getByTestId('code');
  await expect(code).toBeVisible();
  const shown = (await code.innerText()).replace(' ', '');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(row('demo').getByRole('button', { name: [...shown].join(' ') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => core.clipboard()).toBe(shown);
  await page.keyboard.press('Escape');
  await expect(code).toHaveCount(0);
  await key('demo').focus();
  await page.keyboard.press('Space');
  await expect(code).toBeVisible();
});

test('a screen reader hears each digit', async ({ page, start, key, row, say }) => {
  await start();
  const name = 'demo, john.doe - desksecurium';
  await expect(key('demo')).toHaveAccessibleName(say('row.key', { name }));
  await key('demo').tap();
  const shown = (await row('demo').getByTestId('code').innerText()).replace(' ', '');
  const digits = [...shown].join(' ');
  await expect(page.getByTestId('announcer')).toHaveText(say('row.spoken', { digits }));
  await expect(row('demo').getByRole('button', { name: say('row.copy', { digits }), exact: true })).toBeVisible();
});

for (const how of ['by hand', 'by the core'] as const) {
  test(`a lock ${how} leaves no code in the page`, async ({ page, start, core, key, button, say }) => {
    await start();
    await key('demo').tap();
    const shown = (await page.getByTestId('code').innerText()).replace(' ', '');
    if (how === 'by hand') await button('list.lock').tap();
    else await core.call('lock');
    await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible();
    const left = (await page.content()).replaceAll(/<[^>]*>|\s/g, '') + (await page.content());
    expect(left).not.toContain(shown);
    expect(left).not.toContain([...shown].join(' '));
    expect(left).not.toContain('desksecurium');
  });
}

test.describe('a long press on a row', () => {
  /** A real finger: down in the middle of it, moved so far, up after so long. */
  async function rest(page: Page, on: Locator, { ms, moved = 0 }: { ms: number; moved?: number }): Promise<void> {
    const { x, y, width, height } = (await on.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const session = await page.context().newCDPSession(page);
    const at = (offset: number) => [{ x: x + width / 2, y: y + height / 2 + offset }];
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
    if (moved) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(moved) });
    await page.waitForTimeout(ms);
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  test('opens its menu, and shows no code', async ({ page, start, core, say, button, key, row }) => {
    await start();
    await rest(page, key('demo'), { ms: 700 });
    const menu = page.getByRole('dialog', { name: 'demo' });
    await expect(menu).toBeVisible();
    await page.waitForTimeout(300);
    expect(core.asked.map(({ cmd }) => cmd)).not.toContain('reveal');
    await button('menu.details').tap();
    await expect(page.getByText(say('fact.created'))).toBeVisible();
    await button('common.back').tap();
    // The next touch is a touch again.
    await key('demo').tap();
    await expect(row('demo').getByTestId('code')).toBeVisible();
  });

  test('is cancelled by a scroll, or by lifting the finger too early', async ({ page, start, key, row }) => {
    await start();
    await rest(page, key('demo'), { ms: 700, moved: -60 });
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await rest(page, key('demo'), { ms: 200 });
    await expect(row('demo').getByTestId('code')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('works with the second mouse button', async ({ page, start, core, key }) => {
    await start();
    await key('demo').click({ button: 'right' });
    await expect(page.getByRole('dialog', { name: 'demo' })).toBeVisible();
    expect(core.asked.map(({ cmd }) => cmd)).not.toContain('reveal');
  });
});
