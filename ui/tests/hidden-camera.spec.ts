import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { setWindowVisible } from './support/system-window';

/** The page's requests for the camera, and the answers of the test. */
type Asked = { times: number; tracks: MediaStreamTrack[]; grant: () => void; refuse: (name: string) => void };
type Window = typeof globalThis & { asked: Asked };

/** A system that asks the user for permission, as a phone does: the page waits until the test answers. */
function askFirst(): void {
  const asked: Asked = { times: 0, tracks: [], grant: () => {}, refuse: () => {} };
  (window as unknown as Window).asked = asked;
  navigator.mediaDevices.getUserMedia = () => {
    asked.times += 1;
    return new Promise((resolve, reject) => {
      asked.grant = () => {
        const canvas = document.createElement('canvas');
        canvas.getContext('2d')?.fillRect(0, 0, canvas.width, canvas.height);
        const stream = canvas.captureStream();
        asked.tracks.push(...stream.getTracks());
        resolve(stream);
      };
      asked.refuse = (name) => reject(new DOMException('', name));
    });
  };
}

const times = (page: Page) => page.evaluate(() => (window as unknown as Window).asked.times);
const grant = (page: Page) => page.evaluate(() => (window as unknown as Window).asked.grant());
const refuse = (page: Page) => page.evaluate(() => (window as unknown as Window).asked.refuse('NotAllowedError'));
const tracks = (page: Page) =>
  page.evaluate(() => (window as unknown as Window).asked.tracks.map(({ readyState }) => readyState));

/** Waits until the page has handled what it was told. */
const pageDone = (page: Page) => page.evaluate(() => new Promise((go) => setTimeout(go, 300)));

test.beforeEach(async ({ page, core }) => {
  core.refuse('scan_frame', 'noCodeInPicture');
  await page.addInitScript(askFirst);
});

test('a permission denied while the window is hidden is reported, and not requested again after the return', async ({
  page,
  start,
  say,
  button,
}) => {
  await start();
  await button('list.scan').tap();
  await expect.poll(() => times(page)).toBe(1);
  // The system's own dialog hides the window, and is answered before the window is back.
  await setWindowVisible(page, false);
  await refuse(page);
  await setWindowVisible(page, true);
  await expect(page.getByRole('alert')).toHaveText(say('error.cameraDenied'));
  await setWindowVisible(page, false);
  await setWindowVisible(page, true);
  await pageDone(page);
  await expect(page.getByRole('alert')).toHaveText(say('error.cameraDenied'));
  expect(await times(page)).toBe(1);
  // A touch asks again.
  await button('scanner.retry').tap();
  await expect.poll(() => times(page)).toBe(2);
  await grant(page);
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
});

test('a camera granted while the window is hidden is released, and runs after the return', async ({
  page,
  start,
  say,
  button,
}) => {
  await start();
  await button('list.scan').tap();
  await expect.poll(() => times(page)).toBe(1);
  await setWindowVisible(page, false);
  await grant(page);
  await expect.poll(() => tracks(page)).toEqual(['ended']);
  await setWindowVisible(page, true);
  await expect.poll(() => times(page)).toBe(2);
  await grant(page);
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  expect(await tracks(page)).toEqual(['ended', 'live']);
});

test('a permission that is still open after the return is not requested twice', async ({ page, start, say, button }) => {
  await start();
  await button('list.scan').tap();
  await expect.poll(() => times(page)).toBe(1);
  await setWindowVisible(page, false);
  await setWindowVisible(page, true);
  await grant(page);
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  expect(await times(page)).toBe(1);
});

test('a running camera stops and restarts with the window', async ({ page, start, say, button }) => {
  await start();
  await button('list.scan').tap();
  await expect.poll(() => times(page)).toBe(1);
  await grant(page);
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  await setWindowVisible(page, false);
  await expect.poll(() => tracks(page)).toEqual(['ended']);
  expect(await times(page)).toBe(1);
  await setWindowVisible(page, true);
  await expect.poll(() => times(page)).toBe(2);
  await grant(page);
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
});

test('no permission is requested while the window is hidden', async ({ page, start, say, button }) => {
  await start();
  await expect(button('list.scan')).toBeVisible();
  // As when a system dialog unlocks the vault, and the scanner is restored.
  await setWindowVisible(page, false);
  await button('list.scan').evaluate((scan: HTMLElement) => scan.click());
  await expect(page.getByRole('heading', { name: say('scanner.title') })).toBeVisible();
  await pageDone(page);
  expect(await times(page)).toBe(0);
  await setWindowVisible(page, true);
  await expect.poll(() => times(page)).toBe(1);
  await grant(page);
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
});

test('a camera granted after the screen was left is released', async ({ page, start, button }) => {
  await start();
  await button('list.scan').tap();
  await expect.poll(() => times(page)).toBe(1);
  await button('common.back').tap();
  await expect(button('list.add')).toBeVisible();
  await grant(page);
  await expect.poll(() => tracks(page)).toEqual(['ended']);
});

test('the permission dialog does not lock the app, but leaving the app does', async ({ page, start, core, say, button }) => {
  const safety = await core.call<object>('security_settings');
  await core.call('set_security_settings', { settings: { ...safety, lockAfterS: 0 } });
  await start();
  await button('list.scan').tap();
  await expect.poll(() => times(page)).toBe(1);
  await setWindowVisible(page, false);
  await refuse(page);
  // The core checks every second whether the app was left.
  await pageDone(page);
  expect(await core.call('status')).toMatchObject({ phase: 'unlocked' });
  await setWindowVisible(page, true);
  await expect(page.getByRole('alert')).toHaveText(say('error.cameraDenied'));
});
