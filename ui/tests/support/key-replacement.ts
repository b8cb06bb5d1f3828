import type { Page } from '@playwright/test';
import type { Credential, KeysReplaced, Status } from '../../src/ipc/wire';
import { test as base } from './app';
import type { Core } from './core';

type Button = (key: string, values?: Record<string, string>) => ReturnType<Page['getByRole']>;

/** A passphrase that replaces `PASSPHRASE`. */
export const NEW_PASSPHRASE = 'une phrase toute neuve';

/** The credentials that unlock the vault. */
export const unlockCredentials = async (core: Core): Promise<Credential[]> => (await core.call<Status>('status')).credentials;

/** Overrides the answer to `replace_keys`. */
export function overrideKeysReplaced(core: Core, changes: Partial<KeysReplaced>): void {
  const send = core.send.bind(core);
  core.send = async (call) => {
    const answer = await send(call);
    return call.cmd === 'replace_keys' && 'ok' in answer ? { ok: { ...(answer.ok as KeysReplaced), ...changes } } : answer;
  };
}

/** Reports old copies of these times. */
export function fakeOldCopies(core: Core, times: readonly number[]): void {
  let kept = times.map((setAsideMs) => ({ name: `vault.trousseau.damaged-${setAsideMs}`, setAsideMs }));
  const send = core.send.bind(core);
  core.send = async (call) => {
    if (call.cmd === 'set_aside_files' && kept.length > 0) return { ok: kept };
    if (call.cmd !== 'delete_set_aside_file') return send(call);
    const { name } = call.args as { name: string };
    kept = kept.filter((one) => one.name !== name);
    return { ok: null };
  };
}

/** The error code of an attempt with this credential. */
export const rejectionCode = async (core: Core, credential: string, text: string) =>
  ((await core.send({ cmd: 'reauthenticate', args: { credential, text } })) as { err?: { code: string } }).err?.code;

export const test = base.extend<{
  /** The card with the outcome of a credential. */
  fate: (way: string) => ReturnType<Page['getByTestId']>;
  /** A button of a credential on the screen with the unlock methods. */
  act: (act: string, way: string) => ReturnType<Page['getByRole']>;
  /** From the list to the settings. */
  settings: () => Promise<void>;
  /** From the list to the unlock methods. */
  opening: () => Promise<void>;
  /** From the list to the replacement of keys that somebody may know. */
  suspicion: () => Promise<void>;
  /** Types a new passphrase, which is the last step. */
  newPassphrase: (text?: string) => Promise<void>;
}>({
  fate: ({ page }, use) => use((way) => page.locator(`[data-testid=fate][data-way=${way}]`)),
  act: ({ button, say }, use) =>
    use((act, way) => (button as Button)('unlockMethods.act', { act: say(`unlockMethods.${act}`), way: say(`credential.${way}`) })),
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
      await option('keyReplacement.suspicion').tap();
    }),
  newPassphrase: ({ button, field }, use) =>
    use(async (text = NEW_PASSPHRASE) => {
      await field('passphrase.label').fill(text);
      await field('passphrase.repeat').fill(text);
      await button('keyReplacement.act').tap();
    }),
});
