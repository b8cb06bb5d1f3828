import type { Page } from '@playwright/test';
import type { Credential, KeysReplaced, Status } from '../../src/ipc/wire';
import { test as base } from './app';
import type { Core } from './core';

type Button = (key: string, values?: Record<string, string>) => ReturnType<Page['getByRole']>;

/** A passphrase that takes the place of the one that tests open with. */
export const NEW = 'une phrase toute neuve';

/** What opens the vault. */
export const ways = async (core: Core): Promise<Credential[]> => (await core.call<Status>('status')).ways;

/** What becomes of the keys is said so, whatever became of them. */
export function became(core: Core, changes: Partial<KeysReplaced>): void {
  const send = core.send.bind(core);
  core.send = async (call) => {
    const answer = await send(call);
    return call.cmd === 'replace_keys' && 'ok' in answer ? { ok: { ...(answer.ok as KeysReplaced), ...changes } } : answer;
  };
}

/** Files are said to have been kept aside at these times, whatever is there. */
export function keeps(core: Core, times: readonly number[]): void {
  let kept = times.map((keptMs) => ({ name: `vault.trousseau.damaged-${keptMs}`, keptMs }));
  const send = core.send.bind(core);
  core.send = async (call) => {
    if (call.cmd === 'kept_files' && kept.length > 0) return { ok: kept };
    if (call.cmd !== 'delete_kept_file') return send(call);
    const { name } = call.args as { name: string };
    kept = kept.filter((one) => one.name !== name);
    return { ok: null };
  };
}

/** How a credential is tried and refused. */
export const refused = async (core: Core, credential: string, text: string) =>
  ((await core.send({ cmd: 'prove', args: { credential, text } })) as { err?: { code: string } }).err?.code;

export const test = base.extend<{
  /** What becomes of a way. */
  fate: (way: string) => ReturnType<Page['getByTestId']>;
  /** A button of what opens the app. */
  act: (act: string, way: string) => ReturnType<Page['getByRole']>;
  /** From the list to the settings. */
  settings: () => Promise<void>;
  /** From the list to what opens the app. */
  opening: () => Promise<void>;
  /** From the list to the keys, which somebody may know. */
  suspicion: () => Promise<void>;
  /** Types another passphrase, the last that is asked for. */
  newPassphrase: (text?: string) => Promise<void>;
}>({
  fate: ({ page }, use) => use((way) => page.locator(`[data-testid=fate][data-way=${way}]`)),
  act: ({ button, say }, use) =>
    use((act, way) => (button as Button)('opening.act', { act: say(`opening.${act}`), way: say(`way.${way}`) })),
  settings: ({ button }, use) =>
    use(async () => {
      await button('list.menu').tap();
      await button('menu.settings').tap();
    }),
  opening: ({ page, option, settings }, use) =>
    use(async () => {
      await settings();
      await option('settings.opening').tap();
      await page.getByTestId('way').first().waitFor();
    }),
  suspicion: ({ option, settings }, use) =>
    use(async () => {
      await settings();
      await option('keys.suspicion').tap();
    }),
  newPassphrase: ({ button, field }, use) =>
    use(async (text = NEW) => {
      await field('pass.label').fill(text);
      await field('pass.repeat').fill(text);
      await button('keys.act').tap();
    }),
});
