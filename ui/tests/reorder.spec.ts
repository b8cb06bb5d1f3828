import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';
import type { Core } from './support/core';
import { ManyEntries } from './support/many-entries';
import { rows } from './support/vaults';

const NAMES = ['CC Commerce', 'demo', 'Espace client', 'connect.fer', 'Société', 'Steam'];
const moved = (page: Page) => page.getByTestId('reorder-row');
const issuers = async (core: Core) => (await rows(core)).map(({ issuer }) => issuer);
const handleOf = (row: Locator) => row.locator('[data-control=handle]');
const announced = (page: Page) => page.getByTestId('announcer');

async function expectOrder(page: Page, names: string[]): Promise<void> {
  await expect(moved(page)).toHaveCount(names.length);
  for (const [at, name] of names.entries()) await expect(moved(page).nth(at)).toContainText(name);
}

async function gripOf(row: Locator): Promise<{ x: number; y: number }> {
  const box = await handleOf(row).boundingBox();
  if (!box) throw new Error('the handle is not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Two frames, so that the effects of the first are visible in the second. */
const frames = (page: Page) =>
  page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))));

/** A moving finger, which Playwright does not have. */
async function fingerOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  return (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', x = 0, y = 0) => {
    const touchPoints = type === 'touchStart' || type === 'touchMove' ? [{ x, y }] : [];
    return session.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
}

const open = async (start: () => Promise<void>, button: (key: string) => Locator) => {
  await start();
  await button('list.menu').tap();
  await button('menu.reorder').tap();
};

test('by keyboard: lifted, moved, put down, taken back', async ({ page, start, core, say, button }) => {
  await open(start, button);
  const handle = handleOf(moved(page).filter({ hasText: 'demo' }));
  const name = 'demo, john.doe - desksecurium';
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  await expectOrder(page, NAMES);
  await page.keyboard.press('Space');
  await expect(handle).toHaveAttribute('aria-pressed', 'true');
  await expect(announced(page)).toHaveText(say('order.lifted', { name, place: 2, count: 6 }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(announced(page)).toHaveText(say('order.at', { place: 4, count: 6 }));
  await expect(handle).toBeFocused();
  const after = ['CC Commerce', 'Espace client', 'connect.fer', 'demo', 'Société', 'Steam'];
  await expectOrder(page, after);
  expect((await issuers(core))[1], 'nothing is saved yet').toBe('demo');
  await page.keyboard.press('Escape');
  await expectOrder(page, NAMES);
  await expect(handle).toBeFocused();
  await expect(announced(page)).toHaveText(say('order.takenBack', { name }));

  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(announced(page)).toHaveText(say('order.dropped', { name, place: 4, count: 6 }));
  await expectOrder(page, after);
  await expect(handle).toBeFocused();
  await expect(handle).toHaveAttribute('aria-pressed', 'false');
  expect((await issuers(core))[3]).toBe('demo');
  // To the very first place, too.
  await page.keyboard.press('Space');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowUp');
  await expect(announced(page)).toHaveText(say('order.end'));
  await page.keyboard.press('Space');
  await expect.poll(async () => (await issuers(core))[0]).toBe('demo');
  await expect(handle).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('row').first()).toContainText('demo');
});

test('by touching the handle and the arrows, without drawing', async ({ page, start, core, button }) => {
  await open(start, button);
  const name = 'Steam, joueur';
  await button('order.handle', { name }).tap();
  await button('order.up', { name }).tap();
  await button('order.up', { name }).tap();
  await expect(button('order.up', { name })).toBeFocused();
  await button('order.down', { name }).tap();
  await button('order.handle', { name }).tap();
  await expect(button('order.up', { name })).toHaveCount(0);
  await expect.poll(async () => (await issuers(core)).slice(-2)).toEqual(['Steam', 'Société générale']);
  // "Back" first cancels a move.
  await button('order.handle', { name }).tap();
  await button('order.up', { name }).tap();
  await button('common.back').tap();
  await expect(moved(page).nth(4)).toContainText('Steam');
  await button('common.back').tap();
  await expect(page.getByTestId('row').nth(4)).toContainText('Steam');
});

test('by mouse, and a key is never touched by it', async ({ page, start, core, button }) => {
  await open(start, button);
  const demo = moved(page).filter({ hasText: 'demo' });
  const { x, y } = await gripOf(demo);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 160, { steps: 10 });
  await frames(page);
  // The row is under the pointer, the others have made room.
  expect(Math.abs((await gripOf(demo)).y - (y + 160))).toBeLessThan(3);
  await expectOrder(page, ['CC Commerce', 'Espace client', 'connect.fer', 'demo', 'Société', 'Steam']);
  await page.mouse.up();
  await expect.poll(async () => (await issuers(core))[3]).toBe('demo');
  await expect(handleOf(demo)).toHaveAttribute('aria-pressed', 'false');
  expect(await demo.evaluate((row) => (row as HTMLElement).style.transform)).toBe('');
  expect(core.asked.filter(({ cmd }) => cmd === 'move_entry')).toHaveLength(1);
  expect(core.asked.filter(({ cmd }) => cmd === 'reveal')).toHaveLength(0);
});

test('by finger, and taken away it is taken back', async ({ page, start, core, button }) => {
  await open(start, button);
  const demo = moved(page).filter({ hasText: 'demo' });
  const { x, y } = await gripOf(demo);
  const finger = await fingerOf(page);
  await finger('touchStart', x, y);
  for (let at = 20; at <= 240; at += 20) await finger('touchMove', x, y + at);
  await frames(page);
  expect(Math.abs((await gripOf(demo)).y - (y + 240))).toBeLessThan(3);
  expect(await page.getByRole('main').last().evaluate((main) => main.scrollTop), 'the list does not scroll').toBe(0);
  await finger('touchEnd');
  await expect.poll(async () => (await issuers(core)).indexOf('demo')).toBeGreaterThan(3);
  await expect(handleOf(demo)).toHaveAttribute('aria-pressed', 'false');

  const before = await issuers(core);
  const again = await gripOf(demo);
  await finger('touchStart', again.x, again.y);
  for (let at = 20; at <= 120; at += 20) await finger('touchMove', x, again.y - at);
  await frames(page);
  await expect(handleOf(demo)).toHaveAttribute('aria-pressed', 'true');
  await finger('touchCancel');
  await expect(handleOf(demo)).toHaveAttribute('aria-pressed', 'false');
  expect(await issuers(core)).toEqual(before);
  expect(core.asked.filter(({ cmd }) => cmd === 'move_entry')).toHaveLength(1);
});

test('favourites stay first', async ({ page, start, core, say, button }) => {
  const all = await rows(core);
  for (const { id, issuer, account } of all.slice(2, 4)) {
    await core.call('update_entry', { id, changes: { issuer, account, note: '', favourite: true } });
  }
  await open(start, button);
  await expectOrder(page, ['Espace client', 'connect.fer', 'CC Commerce', 'demo', 'Société', 'Steam']);
  const handle = handleOf(moved(page).filter({ hasText: 'connect.fer' }));
  await handle.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(announced(page)).toHaveText(say('order.end'));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect.poll(async () => (await issuers(core)).slice(0, 2)).toEqual(['connect.fer', 'Espace client']);
  // The first of the others stays behind the last favourite.
  const { x, y } = await gripOf(moved(page).filter({ hasText: 'demo' }));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 300, { steps: 10 });
  await frames(page);
  await page.mouse.up();
  await expect.poll(async () => (await issuers(core)).slice(0, 4)).toEqual([
    'connect.fer',
    'Espace client',
    'demo',
    'CC Commerce Suisse',
  ]);
});

test('what cannot be saved goes back, and is said', async ({ page, start, core, say, button }) => {
  core.refuse('move_entry', 'diskFull');
  await open(start, button);
  const handle = handleOf(moved(page).first());
  await handle.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByTestId('toast')).toContainText(say('error.diskFull'));
  await expectOrder(page, NAMES);
  await expect(handle).toHaveAttribute('aria-pressed', 'false');
});

for (const slower of [1, 6]) {
  test(`many: a row crosses the list by its edges, on a machine ${slower} times slower`, async ({ page, start, core, button }) => {
    const many = new ManyEntries(core, 2000);
    await open(start, button);
    const row = moved(page).filter({ hasText: 'Entrée 4' }).first();
    const { x, y } = await gripOf(row);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
    const lifted = page.locator('[data-lifted]');
    const place = () => lifted.evaluate((row) => Number(row.closest('li')?.ariaPosInSet) - 1);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, 830, { steps: 5 });
    await expect.poll(place, { intervals: [50] }).toBeGreaterThan(80);
    expect(await moved(page).count()).toBeLessThanOrEqual(60);
    // Back between the edges it stands under the pointer, and goes no further.
    await page.mouse.move(x, 420, { steps: 3 });
    await frames(page);
    await frames(page);
    const at = await place();
    const bar = await lifted.boundingBox();
    expect(Math.abs((bar?.y ?? 0) + (bar?.height ?? 0) / 2 - 420)).toBeLessThan(40);
    await page.mouse.up();
    await expect.poll(() => many.moves).toHaveLength(1);
    expect(many.rows[at]?.id).toBe('id-4');
    await expect(lifted).toHaveCount(0);
    await expect(page.locator(`[aria-posinset="${at + 1}"]`)).toContainText('Entrée 4');

    // To the last place and up to the first, in a few seconds each, however slow the machine is.
    const again = await gripOf(page.locator(`[aria-posinset="${at + 1}"]`));
    await page.mouse.move(again.x, again.y);
    await page.mouse.down();
    for (const [edge, end] of [[840, 1999], [4, 0]] as const) {
      const from = Date.now();
      await page.mouse.move(again.x, edge, { steps: 5 });
      await expect.poll(place, { timeout: 20_000, intervals: [50] }).toBe(end);
      expect(Date.now() - from).toBeLessThan(12_000);
    }
    await page.mouse.up();
    await expect.poll(() => many.moves.at(-1)).toBe('id-4 before id-0');
    expect(many.rows[0]?.id).toBe('id-4');
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  });
}

test('many: by keyboard past the page, the focus and the row stay in sight', async ({ page, start, core, button }) => {
  const many = new ManyEntries(core, 1000);
  await open(start, button);
  await handleOf(moved(page).first()).focus();
  await page.keyboard.press('Space');
  for (let step = 1; step <= 70; step += 1) {
    await page.keyboard.press('ArrowDown');
    const lifted = page.locator('[data-lifted]');
    await expect(lifted).toBeInViewport({ ratio: 0.9 });
    await expect(handleOf(lifted)).toBeFocused();
  }
  await page.keyboard.press('Space');
  await expect.poll(() => many.moves).toEqual(['id-0 after id-70']);
});

test('while only reading is possible the order is not offered', async ({ page, start, core, say, button }) => {
  const status = await core.call<object>('status');
  const send = core.send.bind(core);
  core.send = async (call) => (call.cmd === 'status' ? { ok: { ...status, phase: 'readOnly' } } : send(call));
  await start();
  await button('list.menu').tap();
  await button('menu.reorder').tap({ force: true });
  await expect(page.getByTestId('toast')).toContainText(say('readOnly.reason'));
  await expect(moved(page)).toHaveCount(0);
});
