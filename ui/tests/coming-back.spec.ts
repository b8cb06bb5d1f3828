import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';
import type { Core } from './support/core';
import { picture } from './support/screen';
import { setWindowVisible } from './support/system-window';

type Recorder = typeof globalThis & { drawn: typeof requestAnimationFrame; seen: string[] };

/** Call before the page's clock is stopped, which stops its frames, too. */
const keepFrames = (page: Page) =>
  page.addInitScript(() => {
    (window as unknown as Recorder).drawn = requestAnimationFrame.bind(window);
  });

/** Records the visible codes in each frame and after each change of the page, from the next return of the window on. */
async function record(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const recorder = window as unknown as Recorder;
    recorder.seen = [];
    const look = () => {
      for (const code of document.querySelectorAll<HTMLElement>('[data-testid=code]')) {
        if (code.checkVisibility({ opacityProperty: true, visibilityProperty: true })) recorder.seen.push(code.innerText);
      }
    };
    const frame = () => {
      look();
      recorder.drawn(frame);
    };
    const begin = () => {
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      frame();
    };
    document.addEventListener('visibilitychange', begin, { once: true });
  });
  return () => page.evaluate(() => (window as unknown as Recorder).seen);
}

/** Runs something before one of these commands reaches the core, while the page waits. */
function before(core: Core, cmds: readonly string[], run: (cmd: string) => Promise<unknown>): void {
  const send = core.send.bind(core);
  core.send = async (call) => {
    if (cmds.includes(call.cmd)) await run(call.cmd);
    return send(call);
  };
}

const inSight = (what: Locator) =>
  what.evaluate((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }));

test('a return after hours with a frozen clock shows no code before the lock screen', async ({ page, start, core, say, key }) => {
  await keepFrames(page);
  await page.clock.install();
  await start();
  await key('connect.fer').tap();
  await expect(page.getByTestId('code')).toBeVisible();
  const seen = await record(page);
  // A phone freezes the page: its clock stops, and no notice arrives. The core locks by its own clock.
  core.onNotice = () => undefined;
  await page.clock.pauseAt(Date.now() + 1000);
  await setWindowVisible(page, false);
  await expect.poll(() => core.take('set_window_visible')).toBe(true);
  await core.pass(3 * 3_600_000);
  await expect(page.getByTestId('code')).toHaveCount(1);

  const waited: string[] = [];
  before(core, ['set_window_visible', 'status'], async (cmd) => {
    // A picture needs a frame of the page as it is now.
    await page.screenshot();
    waited.push(cmd);
  });
  await setWindowVisible(page, true);
  const lock = page.getByRole('heading', { name: say('unlock.title') });
  await expect(lock).toBeVisible();
  await expect.poll(() => inSight(lock)).toBe(true);
  expect(waited).toEqual(['set_window_visible', 'status']);
  expect(await seen()).toEqual([]);
  await page.clock.resume();
  await picture(page, '99-lock-after-hours');
});

test('a sheet is hidden with the window, and unchanged after the return', async ({ page, start, row, core, say }) => {
  await start();
  await row('demo').getByRole('button').last().tap();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toBeVisible();
  await setWindowVisible(page, false);
  // A dialog is above the page, so hiding its container does not hide it.
  await expect(sheet).toHaveCSS('opacity', '0');
  expect(await inSight(row('demo'))).toBe(false);
  core.take('status');
  await setWindowVisible(page, true);
  await expect(sheet).toHaveCSS('opacity', '1');
  expect(core.take('status')).toBe(true);
  await expect(page.getByRole('button', { name: say('menu.edit') })).toBeVisible();
});

test('focus, input and scroll position are unchanged after the return', async ({ page, start, row, field, button }) => {
  await page.setViewportSize({ width: 390, height: 480 });
  await start();
  await row('demo').getByRole('button').last().tap();
  await button('menu.edit').tap();
  await field('edit.note').fill('Carte de la caisse.');
  const at = () =>
    page.evaluate(() => ({ scrolled: [...document.querySelectorAll('main')].at(-1)?.scrollTop, on: document.activeElement?.tagName }));
  const main = page.getByRole('main').last();
  await main.evaluate((element) => (element.scrollTop = 90));
  const there = await at();
  expect(there).toEqual({ scrolled: 90, on: 'TEXTAREA' });
  await setWindowVisible(page, false);
  expect(await inSight(field('edit.note'))).toBe(false);
  await page.screenshot();
  await setWindowVisible(page, true);
  await expect.poll(() => inSight(field('edit.note'))).toBe(true);
  expect(await at()).toEqual(there);
  await page.keyboard.type(' Deux.');
  await expect(field('edit.note')).toHaveValue(/Deux\./);
});

test('a failing core leaves no blank page', async ({ page, start, core, say, row }) => {
  await start();
  await expect(row('demo')).toBeVisible();
  core.refuse('set_window_visible', 'internal');
  await setWindowVisible(page, false);
  expect(await inSight(row('demo'))).toBe(false);
  await setWindowVisible(page, true);
  await expect.poll(() => inSight(row('demo'))).toBe(true);
  core.refuse('status', 'internal');
  await setWindowVisible(page, false);
  await setWindowVisible(page, true);
  const failed = page.getByRole('heading', { name: say('startupError.title') });
  await expect(failed).toBeVisible();
  await expect.poll(() => inSight(failed)).toBe(true);
});

test('an answer that arrives after the window is hidden again shows nothing', async ({ page, start, core, row }) => {
  await start();
  await expect(row('demo')).toBeVisible();
  await setWindowVisible(page, false);
  const answers: (() => void)[] = [];
  before(core, ['status'], () => new Promise<void>((resolve) => answers.push(resolve)));
  await setWindowVisible(page, true);
  await expect.poll(() => answers.length).toBe(1);
  await setWindowVisible(page, false);
  await setWindowVisible(page, true);
  await expect.poll(() => answers.length).toBe(2);
  core.take('status');
  answers[0]?.();
  await expect.poll(() => core.take('status')).toBe(true);
  expect(await inSight(row('demo'))).toBe(false);
  answers[1]?.();
  await expect.poll(() => inSight(row('demo'))).toBe(true);
});
