import { afterEach, expect, it, vi } from 'vitest';
import { CommandError } from '../ipc/failure';
import { readPictureFile } from './picture';

const asked = vi.hoisted(() => ({ scanPicture: vi.fn(), scanFrame: vi.fn() }));
vi.mock('../ipc', async () => ({ ...(await import('../ipc/failure')), ...(await import('../ipc/wire')), ...asked }));

afterEach(() => {
  vi.resetAllMocks();
  vi.unstubAllGlobals();
});

const picture = (size: number) =>
  ({ size, arrayBuffer: async () => new ArrayBuffer(4) }) as unknown as Blob;

it('sends nothing that is too large', async () => {
  // Megabytes as the core counts them: millions of bytes.
  await expect(readPictureFile(picture(64_000_001), 'raw')).rejects.toMatchObject({
    code: 'fileTooLarge',
    params: { maxMb: '64' },
  });
  expect(asked.scanPicture).not.toHaveBeenCalled();
  asked.scanPicture.mockResolvedValue({ drafts: [{}], errors: [] });
  await readPictureFile(picture(64_000_000), 'raw');
  expect(asked.scanPicture).toHaveBeenCalledOnce();
});

it('says that a picture holds no code', async () => {
  asked.scanPicture.mockResolvedValue({ drafts: [], errors: [] });
  await expect(readPictureFile(picture(4), 'raw')).rejects.toMatchObject({ code: 'noCodeInPicture' });
});

it('gives up on what the web view cannot decode either', async () => {
  asked.scanPicture.mockRejectedValue(new CommandError('notAPicture'));
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('unsupported')));
  await expect(readPictureFile(picture(4), 'raw')).rejects.toMatchObject({ code: 'notAPicture' });
  expect(asked.scanFrame).not.toHaveBeenCalled();
});

it('does not decode again what the core refused for another reason', async () => {
  const decode = vi.fn();
  vi.stubGlobal('createImageBitmap', decode);
  asked.scanPicture.mockRejectedValue(new CommandError('pictureTooLarge', { maxMegapixels: '50' }));
  await expect(readPictureFile(picture(4), 'raw')).rejects.toMatchObject({ code: 'pictureTooLarge' });
  expect(decode).not.toHaveBeenCalled();
});
