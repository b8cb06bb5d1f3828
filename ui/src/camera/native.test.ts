// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import type { CameraEvent } from '../ipc';
import { CommandError } from '../ipc/failure';
import { NativeCamera } from './native';

const core = vi.hoisted(() => ({ startCamera: vi.fn(), stopCamera: vi.fn(async () => undefined) }));
vi.mock('../ipc', async () => ({ ...(await import('../ipc/failure')), ...core }));

afterEach(() => vi.resetAllMocks());

/** A camera, its listener, and a function that sends an event as the core does. */
async function asked() {
  let say = (_: CameraEvent) => {};
  core.startCamera.mockImplementation(async (hear: typeof say) => void (say = hear));
  core.stopCamera.mockResolvedValue(undefined);
  const heard = { opened: vi.fn(), read: vi.fn(), failed: vi.fn() };
  const camera = new NativeCamera();
  await camera.start(document.createElement('div'), heard);
  return { camera, heard, say };
}

it('is given once the core has opened it, and until it is stopped', async () => {
  const { camera, heard, say } = await asked();
  expect(camera.given).toBe(false);
  say({ event: 'opened' });
  expect(heard.opened).toHaveBeenCalledOnce();
  expect(camera.given).toBe(true);
  camera.stop();
  expect(camera.given).toBe(false);
  expect(core.stopCamera).toHaveBeenCalledOnce();
});

it('says why it was not given', async () => {
  const { camera, heard, say } = await asked();
  say({ event: 'failed', data: { code: 'cameraDenied', params: {} } });
  expect(heard.failed).toHaveBeenCalledExactlyOnceWith(new CommandError('cameraDenied'));
  expect(camera.given).toBe(false);
});

it('is released if it was left while opening, and reports nothing more', async () => {
  const { camera, heard, say } = await asked();
  camera.stop();
  expect(core.stopCamera).toHaveBeenCalledOnce();
  say({ event: 'opened' });
  say({ event: 'failed', data: { code: 'cameraBusy', params: {} } });
  expect(heard.opened).not.toHaveBeenCalled();
  expect(heard.failed).not.toHaveBeenCalled();
});
