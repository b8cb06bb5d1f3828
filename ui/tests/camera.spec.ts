import { expect } from './support/app';
import { LINK, SECRET, test } from './support/camera';
import { recordAutoLockHolds } from './support/auto-lock-hold';
import { totpBetween } from './support/oathtool';
import { pasteOrDrop } from './support/paste-or-drop';
import { qrFile } from './support/qr';
import { picture } from './support/screen';
import { MD5, transfer } from './support/transfer';
import { PASSPHRASE, rows } from './support/vaults';

for (const frames of ['raw', 'base64'] as const) {
  test.describe(`frames as ${frames}`, () => {
    test.use({ frames });

    test('from the film of a code to the saved entry', async ({ page, start, core, say, button, field, row }) => {
      await start();
      await button('list.scan').tap();
      await expect(page.getByRole('heading', { name: say('scanner.title') })).toBeVisible();
      await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible({ timeout: 20_000 });
      await expect(field('manualEntry.issuer')).toHaveValue('Portail');
      await expect(field('manualEntry.account')).toHaveValue('jeanne.rochat');
      const sent = core.asked.filter(({ cmd }) => cmd === 'scan_frame');
      expect(sent.length).toBeGreaterThan(0);
      // Base64 is a text among the values: nothing that is a list of numbers a pixel each.
      expect(new Set(sent.map(({ as }) => as))).toEqual(new Set([frames === 'raw' ? 'bytes' : 'values']));
      await expect(page.locator('video')).toHaveCount(0);

      await button('confirmEntry.save').tap();
      const from = Date.now();
      const shown = (await page.getByTestId('code').innerText()).replace(' ', '');
      expect(totpBetween({ secret: SECRET }, from - 30_000, Date.now())).toContain(shown);
      await button('common.done').tap();
      await expect(row('Portail')).toBeVisible();
      expect((await rows(core)).at(-1)).toMatchObject({ issuer: 'Portail', account: 'jeanne.rochat' });
    });
  });
}

test.describe('a picture where the bridge carries no bytes', () => {
  test.use({ frames: 'base64', film: null });

  test('is read too', async ({ page, start, core, say, button }) => {
    await start();
    await button('list.add').tap();
    await page.getByLabel(say('add.picture')).setInputFiles(qrFile(LINK));
    await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
    expect(core.asked.filter(({ cmd }) => cmd === 'scan_picture')).toEqual([{ cmd: 'scan_picture', as: 'values' }]);
  });
});

test.describe('another code before the camera', () => {
  test.use({ film: 'https://www.example.ch/menu' });

  test('is named, and the camera goes on', async ({ page, start, say, button }) => {
    await start();
    await button('list.scan').tap();
    await expect(page.getByRole('alert')).toHaveText(say('error.webAddress'), { timeout: 20_000 });
    await expect(page.getByTestId('scanner')).toHaveAttribute('data-running', 'true');
    await picture(page, '59-scanner-other-code');
  });
});

test('frames are sent one by one, and the camera is released when the screen is left', async ({
  page,
  start,
  core,
  say,
  button,
}) => {
  core.refuse('scan_frame', 'noCodeInPicture');
  await start();
  await button('list.scan').tap();
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  await expect.poll(() => core.asked.filter(({ cmd }) => cmd === 'scan_frame').length).toBeGreaterThan(20);
  await picture(page, '60-scanner');
  const track = await page.evaluateHandle(() => {
    const { srcObject } = document.querySelector('video') as HTMLVideoElement;
    return (srcObject as MediaStream).getVideoTracks()[0];
  });
  await button('common.back').tap();
  await expect(button('list.add')).toBeVisible();
  expect(await track.evaluate((held) => held?.readyState)).toBe('ended');
  await page.setViewportSize({ width: 320, height: 568 });
  await button('list.scan').tap();
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  await picture(page, '61-scanner-narrow');
});

test('torch, zoom and camera change are offered if the camera has them', async ({ page, start, core, say, button }) => {
  core.refuse('scan_frame', 'noCodeInPicture');
  await page.addInitScript(() => {
    const requested: unknown[] = [];
    Object.assign(window, { requested });
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (wanted) => {
      const video = wanted?.video as MediaTrackConstraints;
      requested.push(video.deviceId ?? video.facingMode);
      return open({ video: true });
    };
    const camera = (deviceId: string) => ({ deviceId, kind: 'videoinput' }) as MediaDeviceInfo;
    mediaDevices.enumerateDevices = async () => [camera('back'), camera('front')];
    const { prototype } = MediaStreamTrack;
    prototype.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 4, step: 1 } }) as MediaTrackCapabilities;
    prototype.getSettings = () => ({ deviceId: 'back', zoom: 1 }) as MediaTrackSettings;
    prototype.applyConstraints = async (wanted) => void requested.push(wanted?.advanced?.[0]);
  });
  await start();
  await button('list.scan').tap();
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  await button('scanner.torch').tap();
  await expect(button('scanner.torch')).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('slider', { name: say('scanner.zoom') }).fill('3');
  await picture(page, '62-scanner-controls');
  await button('scanner.next').tap();
  await expect(button('scanner.torch')).toHaveAttribute('aria-pressed', 'false');
  const requested = await page.evaluate(() => (window as unknown as { requested: unknown[] }).requested);
  expect(requested).toEqual(['environment', { torch: true }, { zoom: 3 }, { exact: 'front' }]);
});

test('the permission dialog of the camera does not count as leaving the app', async ({ page, start, core, say, button }) => {
  const holds = recordAutoLockHolds(core);
  core.refuse('scan_frame', 'noCodeInPicture');
  await start();
  await button('list.scan').tap();
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  expect(holds).toEqual([true, false]);
});

for (const moment of ['before the code is read', 'in the moment the code is read'] as const) {
  test(`a lock during a scan, ${moment}, loses nothing`, async ({ page, start, core, say, button, field }) => {
    const send = core.send.bind(core);
    const early = moment === 'before the code is read';
    let frames = 0;
    core.send = async (call) => {
      if (call.cmd !== 'scan_frame') return send(call);
      if (early && ++frames === 3) void send({ cmd: 'lock' });
      if (early) return { err: { code: 'noCodeInPicture', params: {} } };
      const answer = await send(call);
      const read = 'ok' in answer && (answer.ok as { drafts: unknown[] }).drafts.length > 0;
      if (!read) return answer;
      await send({ cmd: 'lock' });
      return { err: { code: 'locked', params: {} } };
    };
    await start();
    await button('list.add').tap();
    await page.getByRole('button', { name: say('add.scan') }).tap();
    await expect(page.getByRole('heading', { name: say('unlock.title') })).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('video')).toHaveCount(0);
    core.send = send;
    await field('passphrase.label').fill(PASSPHRASE);
    await button('unlock.open').tap();
    // The camera goes on by itself, or its draft is there.
    await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible({ timeout: 20_000 });
    await expect(field('manualEntry.issuer')).toHaveValue('Portail');
    await button('confirmEntry.save').tap();
    await expect(page.getByTestId('code')).toBeVisible();
    expect(await rows(core)).toHaveLength(7);
  });
}

const REASONS = [
  ['denied', { granted: false }, 'cameraDenied', '62-scanner-denied'],
  ['absent', { film: null }, 'cameraAbsent', '63-scanner-absent'],
] as const;
for (const [name, machine, code, file] of REASONS) {
  test.describe(`a camera that is ${name}`, () => {
    test.use(machine);

    test('is reported, and the other ways to add are one tap away', async ({ page, start, say, button, core }) => {
      await start();
      await button('list.scan').tap();
      await expect(page.getByRole('alert')).toHaveText(say(`error.${code}`));
      await expect(button('scanner.retry')).toBeVisible();
      await picture(page, file);
      await button('scanner.byHand').tap();
      await expect(page.getByRole('heading', { name: say('manualEntry.title') })).toBeVisible();
      await button('common.back').tap();
      await button('list.scan').tap();
      await page.getByLabel(say('scanner.picture')).setInputFiles(qrFile(LINK));
      await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible();
      expect(core.asked.map(({ cmd }) => cmd)).not.toContain('scan_frame');
    });
  });
}

test('a camera in use by another app is reported', async ({ page, start, say, button }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'));
  });
  await start();
  await button('list.scan').tap();
  await expect(page.getByRole('alert')).toHaveText(say('error.cameraBusy'));
});

test('an unplugged camera is reported, and can be tried again', async ({ page, start, core, say, button }) => {
  core.refuse('scan_frame', 'noCodeInPicture');
  await start();
  await button('list.scan').tap();
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
  await page.evaluate(() => {
    const { srcObject } = document.querySelector('video') as HTMLVideoElement;
    (srcObject as MediaStream).getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
  });
  await expect(page.getByRole('alert')).toHaveText(say('error.cameraFailed'));
  await button('scanner.retry').tap();
  await expect(page.getByText(say('scanner.aim'))).toBeVisible();
});

test.describe('a code of a series', () => {
  test.use({ film: transfer(['Banque:moi', 'Poste:moi'], 1, 4) });

  test('the scanner continues, says what is missing, and can continue with what was read', async ({ page, start, say, button }) => {
    await start();
    await button('list.scan').tap();
    const series = page.getByTestId('batch');
    await expect(series).toContainText(say('batch.read', { read: 1, size: 4 }), { timeout: 20_000 });
    await expect(series).toContainText(say('batch.missing_other', { missing: '1, 3 et 4' }));
    await expect(page.getByTestId('scanner')).toHaveAttribute('data-running', 'true');
    await picture(page, '98-scanner-series');
    await button('scanner.goOn').tap();
    await expect(page.getByRole('button', { name: /Banque/ })).toBeVisible();
    await expect(page.getByRole('button', { name: /Poste/ })).toBeVisible();
  });
});

test.describe('the last code of a series, with nothing that can be saved', () => {
  test.use({ film: transfer(['Ancien:moi'], 1, 2, MD5) });

  test('ends the scan, and reports what was refused', async ({ page, start, say, button }) => {
    await start();
    await button('list.add').tap();
    await pasteOrDrop(page, 'paste', { text: transfer(['Banque:moi'], 0, 2) });
    await button('reviewImport.scanMore').tap();
    await expect(page.getByRole('heading', { name: say('reviewImport.title') })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('button', { name: /Banque/ })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('Ancien');
  });
});
