import type { Page } from '@playwright/test';
import type { KeysReplaced } from '../../src/ipc/wire';
import { test as base } from './app';
import type { Core } from './core';

type Button = (key: string, values?: Record<string, string>) => ReturnType<Page['getByRole']>;

/** What becomes of the keys is said so, whatever became of them. */
export function became(core: Core, changes: Partial<KeysReplaced>): void {
  const send = core.send.bind(core);
  core.send = async (call) => {
    const answer = await send(call);
    return call.cmd === 'replace_keys' && 'ok' in answer ? { ok: { ...(answer.ok as KeysReplaced), ...changes } } : answer;
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
});
