// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Appearance, SecuritySettings } from '../ipc';
import { settings } from './settings.svelte';

/** The core's settings; it answers late. */
let security: SecuritySettings;
let look: Appearance;
const core = vi.hoisted(() => ({ setSecuritySettings: vi.fn(), setAppearance: vi.fn(), appearance: vi.fn() }));
vi.mock('../ipc', () => core);
const { setLanguage } = vi.hoisted(() => ({ setLanguage: vi.fn(async () => undefined) }));
vi.mock('../i18n/index.svelte', () => ({ setLanguage }));

beforeEach(() => {
  settings.clear();
  core.setSecuritySettings.mockImplementation(async (wanted: SecuritySettings) => {
    await Promise.resolve();
    return (security = wanted);
  });
  core.setAppearance.mockImplementation(async (wanted: Appearance) => {
    await Promise.resolve();
    return (look = wanted);
  });
});

afterEach(() => vi.resetAllMocks());

it('keeps both of two changes in quick succession', async () => {
  await Promise.all([settings.changeSafety({ copyOnTouch: false }), settings.changeSafety({ offerNext: false })]);
  expect(security).toMatchObject({ copyOnTouch: false, offerNext: false });
  expect(settings.security).toEqual(security);
  await Promise.all([settings.changeAppearance({ theme: 'dark' }), settings.changeAppearance({ textSize: 'large' })]);
  expect(look).toMatchObject({ theme: 'dark', textSize: 'large' });
});

it('goes on after a change that was refused', async () => {
  core.setSecuritySettings.mockRejectedValueOnce(new Error('refused'));
  const refused = settings.changeSafety({ showAll: true });
  const next = settings.changeSafety({ offerNext: false });
  await expect(refused).rejects.toThrow('refused');
  await next;
  expect(security).toMatchObject({ showAll: false, offerNext: false });
});

it('uses the system\'s language, also when that changes', async () => {
  core.appearance.mockRejectedValueOnce(new Error('not there'));
  await settings.loadAppearance();
  expect(setLanguage).toHaveBeenCalledTimes(1);
  window.dispatchEvent(new Event('languagechange'));
  expect(setLanguage).toHaveBeenCalledTimes(2);
  expect(setLanguage).toHaveBeenLastCalledWith('system');
});
