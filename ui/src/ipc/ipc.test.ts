import { expect, it, vi } from 'vitest';
import { onLocked } from './call';
import { CommandError, toCommandError } from './failure';
import { scanFrame, scanPicture, importText, toBase64 } from './scan';
import { status } from './session';
import { MAX_TEXT_CHARS } from './wire';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke, Channel: class {} }));

it('keeps the code and the values of a refusal, and nothing else', () => {
  expect(toCommandError({ code: 'rateLimited', params: { seconds: '28' } })).toMatchObject({
    code: 'rateLimited',
    params: { seconds: '28' },
  });
  expect(toCommandError('command status not found').code).toBe('internal');
  expect(toCommandError(new Error('x')).code).toBe('internal');
  expect(toCommandError(null).code).toBe('internal');
});

it('tells that the app locked', async () => {
  const heard = vi.fn();
  onLocked(heard);
  invoke.mockRejectedValueOnce({ code: 'locked', params: {} });
  await expect(status()).rejects.toBeInstanceOf(CommandError);
  expect(heard).toHaveBeenCalledOnce();
});

it('sends no text that is too long', async () => {
  invoke.mockClear();
  await expect(importText('x'.repeat(MAX_TEXT_CHARS + 1))).rejects.toMatchObject({
    code: 'textTooLong',
    params: { max: '16777216' },
  });
  expect(invoke).not.toHaveBeenCalled();
  // Counted in characters, as the core counts: this one is two units of UTF-16.
  invoke.mockResolvedValue({ drafts: [], refused: [] });
  await importText('x'.repeat(MAX_TEXT_CHARS - 1) + '🔑');
  expect(invoke).toHaveBeenCalledOnce();
});

it('sends a frame and a picture as bytes or as base64', async () => {
  invoke.mockResolvedValue({ drafts: [], refused: [] });
  const frame = new Uint8Array([1, 0, 1, 0, 255]);
  await scanFrame(frame, 'raw');
  expect(invoke).toHaveBeenLastCalledWith('scan_frame', frame);
  await scanFrame(frame, 'base64');
  expect(invoke).toHaveBeenLastCalledWith('scan_frame', { frame: 'AQABAP8=' });
  await scanPicture(frame, 'base64');
  expect(invoke).toHaveBeenLastCalledWith('scan_picture', { picture: 'AQABAP8=' });
});

it('turns many bytes into base64', () => {
  const bytes = Uint8Array.from({ length: 100_003 }, (_, at) => at % 251);
  expect(atob(toBase64(bytes))).toBe(String.fromCharCode(...bytes.slice(0, 50_000)) + String.fromCharCode(...bytes.slice(50_000)));
});
