import { writeFileSync } from 'node:fs';
import { test, type Page } from '@playwright/test';
import { Core } from '../support/core';
import { openApp } from '../support/page';
import { text } from '../support/words';

/** What `tests/bench/list.rs` asks for. */
type Plan = {
  script: string;
  passphrase: string;
  /** The folder of a closed vault, by the number of its entries. */
  folders: Record<string, string>;
  words: string[];
  amount: { unlocks: number; rounds: number; frames: number; steps: number[] };
  answers: string;
};
/** What `list.js` puts into the page. */
type Bench = {
  seen: { firstRows: number[]; keys: number[]; paintedKeys: number[]; waits: number[] };
  scroll: (step: number, frames: number) => Promise<number[]>;
  idle: (frames: number) => Promise<number[]>;
};
declare const window: Window & { bench: Bench };

/** Waits until this many were seen. */
const seen = (page: Page, what: 'firstRows' | 'paintedKeys', count: number) =>
  page.waitForFunction(([what, count]) => window.bench.seen[what].length === count, [what, count] as const);

async function measure(page: Page, folder: string, { script, passphrase, words, amount }: Plan) {
  const say = (key: string) => text('fr', key);
  const core = new Core(folder);
  await openApp(page, core);
  await page.evaluate(script);
  for (let unlock = 1; unlock <= amount.unlocks; unlock += 1) {
    await page.getByRole('textbox', { name: say('passphrase.label') }).fill(passphrase);
    await page.getByRole('button', { name: say('unlock.open') }).tap();
    await seen(page, 'firstRows', unlock);
    await page.waitForTimeout(500);
    if (unlock < amount.unlocks) await page.getByRole('button', { name: say('list.lock') }).tap();
  }
  await page.getByRole('searchbox').focus();
  let pressed = 0;
  for (const word of Array.from({ length: amount.rounds }, () => words).flat()) {
    for (const key of [...word, ...[...word].map(() => 'Backspace')]) {
      await page.keyboard.press(key);
      await seen(page, 'paintedKeys', (pressed += 1));
    }
  }
  const scrolling: number[] = [];
  for (const step of amount.steps) {
    scrolling.push(...(await page.evaluate(([step, frames]) => window.bench.scroll(step, frames), [step, amount.frames] as const)));
  }
  const idle = await page.evaluate((frames) => window.bench.idle(frames), amount.frames);
  const watched = await page.evaluate(() => window.bench.seen);
  await core.end();
  return { ...watched, scrolling, idle };
}

test('a long list', async ({ browser }) => {
  const plan: Plan = JSON.parse(process.env.TROUSSEAU_BENCH ?? '{}');
  const answers: Record<string, unknown> = {};
  for (const [count, folder] of Object.entries(plan.folders)) {
    const page = await browser.newPage();
    answers[count] = await measure(page, folder, plan);
    await page.close();
  }
  writeFileSync(plan.answers, JSON.stringify(answers));
});
