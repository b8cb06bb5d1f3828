import { expect, type Page } from '@playwright/test';

/**
 * Compares the roles and names of this screen, as for a screen reader, with the committed file
 * (`npx playwright test tests/screens/roles.spec.ts -u` updates it, for review).
 *
 * Values that differ in each run are replaced: codes, seconds, times, recovery words, and the number of components.
 */
export async function matchesRoleSnapshot(page: Page, name: string): Promise<void> {
  const screen = page.locator('dialog[open], main:not([hidden])').last();
  await expect(screen).toBeVisible();
  const told = await screen.ariaSnapshot();
  const tree = told
    // Marks for the direction of a text are not read out.
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/(listitem: \d+) [a-z]+$/gm, '$1 (word)')
    .replace(/\b\d{3}(?= compo)/, '(n)')
    .replace(/\b[0-9A-Z](?: [0-9A-Z]){4,9}\b/g, '(digits)')
    .replace(/\b\d{3} \d{3}\b/g, '(digits)')
    .replace(/\b\d+(?=[\s\u00a0\u202f](?:s\b|secondes?|seconds?))/g, '(n)')
    .replace(/definition: .*\d{4}.*\d{1,2}:\d{2}.*$/gm, 'definition: (moment)');
  expect(`${tree}\n`).toMatchSnapshot(`${name}.yml`);
}
