import { expect, test } from './support/app';
import { totpBetween } from './support/oathtool';
import { text } from './support/words';
import { firstRun, LINK, save, SECRET, touchKey } from './phone/walk';

// What scripts/smoke-android does in an emulator, so that its words are those of the screens.
test.use({ before: 'nothing', lang: 'en' });

for (const keepsSecrets of [true, false]) {
  test(`the walk of the emulator, ${keepsSecrets ? 'with' : 'without'} a keystore`, async ({ page, start, core }) => {
    await core.device({ absent: !keepsSecrets });
    await start();
    await firstRun(page);
    await page.getByRole('button', { name: text('en', 'list.add'), exact: true }).click();
    await page.getByRole('button', { name: text('en', 'add.link') }).click();
    await page.getByRole('textbox', { name: text('en', 'pasteLink.label') }).fill(LINK);
    await page.getByRole('button', { name: text('en', 'common.continue') }).click();
    const from = Date.now();
    const code = await save(page);
    expect(totpBetween({ secret: SECRET }, from - 30_000, Date.now())).toContain(code);
    const [shown] = await touchKey(page);
    await expect(shown).toHaveText(/^[\d\s]+$/);
  });
}
