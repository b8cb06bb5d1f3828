import { rmSync } from 'node:fs';
import { test as base, expect, type Locator } from '@playwright/test';
import type { Platform } from '../../src/ipc/wire';
import { Core, type Behaviour } from './core';
import { damageVault, type Damage } from './damage';
import { openApp } from './page';
import { newFolder } from './places';
import { overrideStatus } from './override-status';
import { unlock, Vault } from './vaults';
import { text, type Lang } from './words';

/** The state of the core's folder when the page opens. */
export type Before =
  | 'nothing'
  /** A locked vault with entries. */
  | 'closed'
  /** The same, unlocked. */
  | 'open'
  /** An unlocked vault without entries. */
  | 'empty';

type Options = {
  before: Before;
  damage: Damage;
  /** What the device can do. By default it stores secrets and has no biometric. */
  device: Behaviour;
  lang: Lang;
  /** The platform that the core reports. */
  platform: Platform;
};
type Worker = { vaults: { filled: Vault; bare: Vault } };
type Fixtures = {
  folder: string;
  core: Core;
  /** Opens the app in the page. At the end of the test, the page must have logged no problem. */
  start: () => Promise<void>;
  /** The text of a key in the language of the test. */
  say: (key: string, values?: Record<string, string | number>) => string;
  button: (key: string, values?: Record<string, string | number>) => Locator;
  /** A list button, by its label. */
  option: (key: string) => Locator;
  field: (key: string) => Locator;
  /** The row of an entry by its issuer, or by its account where it has none. */
  row: (name: string) => Locator;
  /** The key of a row. */
  key: (name: string) => Locator;
};

/** The system locale for each language. */
const LOCALES: Record<Lang, string> = { fr: 'fr-CH', de: 'de-CH', it: 'it-CH', en: 'en-GB' };

export const test = base.extend<Options & Fixtures, Worker>({
  before: ['open', { option: true }],
  damage: ['none', { option: true }],
  device: [{}, { option: true }],
  lang: ['fr', { option: true }],
  platform: ['desktop', { option: true }],
  locale: ({ lang }, use) => use(LOCALES[lang]),

  vaults: [
    async ({}, use) => {
      const [filled, bare] = await Promise.all([Vault.make(true), Vault.make(false)]);
      await use({ filled, bare });
      filled.remove();
      bare.remove();
    },
    { scope: 'worker' },
  ],

  folder: async ({ before, damage, vaults }, use) => {
    const folder = newFolder();
    if (before !== 'nothing') (before === 'empty' ? vaults.bare : vaults.filled).copyTo(folder);
    if (damage !== 'none') damageVault(folder, damage);
    await use(folder);
    rmSync(folder, { recursive: true });
  },

  core: async ({ folder, before, device, platform }, use) => {
    const core = new Core(folder, 'raw', [], platform);
    // The device of a test has never seen its vault; hide the notice about that.
    overrideStatus(core, { notCompared: false });
    await core.device(device);
    if (before === 'open' || before === 'empty') await unlock(core);
    await use(core);
    await core.end();
  },

  start: async ({ page, core }, use) => {
    let complaints: string[] = [];
    await use(async () => void (complaints = await openApp(page, core)));
    expect(complaints).toEqual([]);
  },

  say: ({ lang }, use) => use((key, values) => text(lang, key, values)),
  button: ({ page, say }, use) => use((key, values) => page.getByRole('button', { name: say(key, values), exact: true })),
  option: ({ page, say }, use) =>
    use((key) => page.getByRole('button', { name: new RegExp(`^${say(key)} `) })),
  field: ({ page, say }, use) => use((key) => page.getByRole('textbox', { name: say(key), exact: true })),
  row: ({ page }, use) => use((name) => page.getByTestId('row').filter({ hasText: name })),
  key: ({ row }, use) => use((name) => row(name).getByRole('button').first()),
});

export { expect };
