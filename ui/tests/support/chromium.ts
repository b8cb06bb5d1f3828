import type { LaunchOptions } from '@playwright/test';

/** Debian's Chromium, without first-run questions. `CHROMIUM` names another one. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
} satisfies LaunchOptions;

/** The same with a camera that plays this film (Y4M); null for a machine without a camera. */
export function withCamera(film: string | null, granted: boolean): LaunchOptions {
  const camera = film
    ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]
    : [];
  const question = granted ? ['--use-fake-ui-for-media-stream'] : [];
  return { ...CHROMIUM, args: [...CHROMIUM.args, ...camera, ...question] };
}
