import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { test as base } from './app';
import { withCamera } from './chromium';
import { Core } from './core';
import { filmOf, writeFilm } from './film';
import { newFolder } from './places';
import { unlock } from './vaults';

export const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
export const LINK = `otpauth://totp/Portail:jeanne.rochat?secret=${SECRET}&issuer=Portail`;

type Machine = {
  /** The text of the code in front of the camera; null for a machine without a camera. */
  film: string | null;
  /** One of the collected pictures instead. */
  filmed: string | null;
  granted: boolean;
  frames: 'raw' | 'base64';
};

/** A separate browser for each camera, because the film is a start option. */
export const test = base.extend<Machine & { core: Core; page: Page }>({
  film: [LINK, { option: true }],
  filmed: [null, { option: true }],
  granted: [true, { option: true }],
  frames: ['raw', { option: true }],

  core: async ({ folder, frames }, use) => {
    const core = new Core(folder, frames);
    await unlock(core);
    await use(core);
    await core.end();
  },

  page: async ({ film, filmed, granted, contextOptions, viewport, locale }, use) => {
    const folder = newFolder();
    const file = join(folder, 'film.y4m');
    if (filmed) filmOf(filmed, file);
    else if (film) writeFilm(file, film);
    const browser = await chromium.launch(withCamera(filmed ?? film ? file : null, granted));
    const context = await browser.newContext({ ...contextOptions, viewport, locale: locale ?? 'fr-CH', hasTouch: true });
    if (granted) await context.grantPermissions(['camera']);
    await use(await context.newPage());
    await browser.close();
    rmSync(folder, { recursive: true });
  },
});
