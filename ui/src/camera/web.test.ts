// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CommandError } from '../ipc';
import { cameraError, WebCamera } from './web';

describe('why there is no camera', () => {
  it.each([
    ['NotAllowedError', 'cameraDenied'],
    ['SecurityError', 'cameraDenied'],
    ['NotFoundError', 'cameraAbsent'],
    ['OverconstrainedError', 'cameraAbsent'],
    ['NotReadableError', 'cameraBusy'],
    ['AbortError', 'cameraBusy'],
    ['TypeError', 'cameraFailed'],
  ])('%s is %s', (name, code) => {
    expect(cameraError(new DOMException('', name)).code).toBe(code);
  });
});

describe('the camera of the web view', () => {
  afterEach(() => vi.unstubAllGlobals());
  const listener = () => ({ opened: vi.fn(), read: vi.fn(), failed: vi.fn() });

  it('is absent where the web view has none', async () => {
    vi.stubGlobal('navigator', {});
    const heard = listener();
    await new WebCamera('raw').start(document.createElement('div'), heard);
    expect(heard.failed).toHaveBeenCalledExactlyOnceWith(new CommandError('cameraAbsent'));
  });

  it('lets go of a camera that was granted after the screen was left', async () => {
    const track = { stop: vi.fn(), addEventListener: vi.fn() };
    let grant = (_: unknown) => {};
    const getUserMedia = () => new Promise((resolve) => (grant = resolve));
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    const camera = new WebCamera('raw');
    const heard = listener();
    const starting = camera.start(document.createElement('div'), heard);
    camera.stop();
    grant({ getTracks: () => [track], getVideoTracks: () => [track] });
    await starting;
    expect(track.stop).toHaveBeenCalledOnce();
    expect(heard.opened).not.toHaveBeenCalled();
    expect(heard.failed).not.toHaveBeenCalled();
  });

  it('is told at once, and shows nothing, where it is granted to a hidden window', async () => {
    const track = { stop: vi.fn(), addEventListener: vi.fn() };
    const getUserMedia = async () => ({ getTracks: () => [track], getVideoTracks: () => [track] });
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const camera = new WebCamera('raw');
    const place = document.createElement('div');
    const heard = { ...listener(), opened: vi.fn(() => camera.stop()) };
    expect(camera.given).toBe(false);
    await camera.start(place, heard);
    expect(heard.opened).toHaveBeenCalledOnce();
    expect(track.stop).toHaveBeenCalledOnce();
    expect(place.children).toHaveLength(0);
    expect(heard.failed).not.toHaveBeenCalled();
    hidden.mockRestore();
  });

  it('says a refusal that comes to a hidden window', async () => {
    const getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const heard = listener();
    await new WebCamera('raw').start(document.createElement('div'), heard);
    expect(heard.failed).toHaveBeenCalledExactlyOnceWith(new CommandError('cameraDenied'));
    hidden.mockRestore();
  });
});
