import { rmSync } from 'node:fs';
import { test as base, expect, type Locator } from '@playwright/test';
import type { Platform } from '../../src/ipc/wire';
import { Core, type Behaviour } from './core';
import { damageVault, type Damage } from './damage';
import { openApp } from './page';
import { newFolder } from './places';
import { says } from './says';
import { unlock, Vault } from './vaults';
import { text, type Lang } from './words';

/** What stands in the core's folder when the page opens. */
export type Before =
  | 'nothing'
  /** A closed vault with entries. */
  | 'closed'
  /** The same, open. */
  | 'open'
  /** An open vault without entries. */
  | 'empty';

type Options = {
  before: Before;
  damage: Damage;
  /** What the device can do. It keeps secrets and knows no biometric where nothing is said. */
  device: Behaviour;
  lang: Lang;
  /** The kind of machine that the core says it runs on. */
  platform: Platform;
};
type Worker = { vaults: { filled: Vault; bare: Vault } };
type Fixtures = {
  folder: string;
  core: Core;
  /** Opens the app in the page. At the end it must have had nothing to complain about. */
  start: () => Promise<void>;
  /** The text of a key in the language of the test. */
  say: (key: string, values?: Record<string, string | number>) => string;
  button: (key: string, values?: Record<string, string | number>) => Locator;
  /** A choice: its label, whatever its hint says. */
  option: (key: string) => Locator;
  field: (key: string) => Locator;
  /** The row of an entry by its issuer, or by its account where it has none. */
  row: (name: string) => Locator;
  /** The key of a row. */
  key: (name: string) => Locator;
};

/** What the system of a person says who speaks each. */
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
    // The device of a test has never seen its vault, which the list would say in every test.
    says(core, { notCompared: false });
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
