import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Page, Route } from '@playwright/test';
import type { Call, Core } from './core';
import { UI } from './places';

const ORIGIN = 'https://tauri.localhost';
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

const config = JSON.parse(readFileSync(join(UI, '../src-tauri/tauri.conf.json'), 'utf8'));
/** The app's own content security policy. */
const CSP: string = config.app.security.csp;

/** Serves the built UI with the origin and policy of the app. All other requests fail. */
async function serve(route: Route): Promise<void> {
  const url = new URL(route.request().url());
  if (url.origin !== ORIGIN) return route.abort();
  const path = url.pathname === '/' ? '/index.html' : url.pathname;
  try {
    await route.fulfill({
      body: readFileSync(join(UI, 'dist', path)),
      contentType: TYPES[extname(path)] ?? 'application/octet-stream',
      headers: { 'content-security-policy': CSP },
    });
  } catch {
    await route.fulfill({ status: 404 });
  }
}

/** Installs what Tauri injects into a page for `@tauri-apps/api`. */
function install(encoding: 'raw' | 'base64'): void {
  type Global = typeof globalThis & {
    toCore: (call: Call) => Promise<{ ok: unknown } | { err: unknown }>;
    fromCore: (notice: unknown) => void;
    __TAURI_INTERNALS__: unknown;
  };
  const page = window as unknown as Global;
  const callbacks = new Map<number, (message: unknown) => void>();
  let last = 0;
  let notices: { id: number; index: number } | undefined;

  page.fromCore = (message) => {
    if (notices) callbacks.get(notices.id)?.({ index: notices.index++, message });
  };

  const base64 = (bytes: Uint8Array) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  };
  // Android's bridge has no raw bytes: they become a list of numbers.
  const pack = (cmd: string, args: unknown): Call => {
    if (!(args instanceof Uint8Array)) return { cmd, args };
    return encoding === 'raw' ? { cmd, raw: base64(args) } : { cmd, args: [...args] };
  };

  page.__TAURI_INTERNALS__ = {
    transformCallback(callback: (message: unknown) => void): number {
      callbacks.set(++last, callback);
      return last;
    },
    unregisterCallback: (id: number) => callbacks.delete(id),
    async invoke(cmd: string, args: unknown = {}): Promise<unknown> {
      if (cmd === 'subscribe') notices = { id: (args as { events: { id: number } }).events.id, index: 0 };
      const answer = await page.toCore(pack(cmd, cmd === 'subscribe' ? {} : args));
      if ('err' in answer) throw answer.err;
      return answer.ok;
    },
  };
  // As `freezePrototype` does in the app.
  Object.freeze(Object.prototype);
}

/**
 * Opens the app in this page, with this core.
 *
 * Returns the problems of the page: console errors, exceptions, and violations of its policy.
 */
export async function openApp(page: Page, core: Core): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  await page.route('**/*', serve);
  await page.exposeFunction('toCore', (call: Call) => core.send(call));
  await page.addInitScript(install, core.encoding);
  core.onNotice = (notice) => {
    // The page may be closed already.
    void page
      .evaluate((message) => (window as unknown as { fromCore: (m: unknown) => void }).fromCore(message), notice)
      .catch(() => undefined);
  };
  await page.goto(`${ORIGIN}/`);
  return complaints;
}
