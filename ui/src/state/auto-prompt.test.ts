import { expect, it } from 'vitest';
import { AutoPrompt } from './auto-prompt.svelte';

it('asks once after the app was opened, until the user does something', () => {
  const autoPrompt = new AutoPrompt();
  expect(autoPrompt.due).toBe(false);
  autoPrompt.onWindowShown(true);
  expect(autoPrompt.due).toBe(true);
  autoPrompt.cancel();
  expect(autoPrompt.due).toBe(false);
});

it('asks nothing while the vault is still open', () => {
  const autoPrompt = new AutoPrompt();
  autoPrompt.onWindowShown(false);
  expect(autoPrompt.due).toBe(false);
});

it('asks nothing after the return from a system dialog of our own', async () => {
  const autoPrompt = new AutoPrompt();
  let answer = () => {};
  const asking = autoPrompt.withSystemDialog(() => new Promise<void>((resolve) => (answer = resolve)));
  autoPrompt.onWindowHidden();
  answer();
  await asking;
  autoPrompt.onWindowShown(true);
  expect(autoPrompt.due).toBe(false);
  autoPrompt.onWindowHidden();
  autoPrompt.onWindowShown(true);
  expect(autoPrompt.due).toBe(true);
});
