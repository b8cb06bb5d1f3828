import { expect } from './support/app';
import { test } from './support/camera';
import { areCollected } from './support/film';
import { totpBetween } from './support/oathtool';
import { rows } from './support/vaults';

test.skip(!areCollected(), 'the pictures that others collected are not there');

const GATE = {
  secret: 'CNIA7THKN26W4B7RYIOUFKOL4ZVFKWPYUDJGFNLOXHOMCVBP7IRZ',
  algorithm: 'sha256',
  period: 60,
  issuer: 'company',
  account: 'max.musterman@gate.company.test',
} as const;
const LINKS = [
  {
    filmed: 'otp/dim13_example.png',
    expected: { secret: 'JBSWY3DPEHPK3PXP', issuer: 'Example', account: 'alice@google.com' },
  },
  { filmed: 'qr_code_vision/qrcode_scan_test_data_otp_qr_code.png', expected: GATE },
  { filmed: 'qr_code_vision/qrcode_scan_test_data_otp_qr_code_with_transparency.png', expected: GATE },
] as const;

for (const { filmed, expected } of LINKS) {
  test.describe(filmed, () => {
    test.use({ filmed });

    test('moved, turned and blurred at first, to the saved entry', async ({ page, start, core, say, button, field, row }) => {
      await start();
      await button('list.scan').tap();
      await expect(page.getByRole('heading', { name: say('confirmEntry.title') })).toBeVisible({ timeout: 20_000 });
      await expect(field('manualEntry.issuer')).toHaveValue(expected.issuer);
      await expect(field('manualEntry.account')).toHaveValue(expected.account);
      await button('confirmEntry.save').tap();
      const from = Date.now();
      const shown = (await page.getByTestId('code').innerText()).replace(' ', '');
      expect(totpBetween(expected, from - 60_000, Date.now())).toContain(shown);
      await button('common.done').tap();
      await expect(row(expected.account)).toBeVisible();
      const { issuer, account } = expected;
      expect((await rows(core)).at(-1)).toMatchObject({ issuer, account });
    });
  });
}

test.describe('a dense export, filmed from a screen', () => {
  test.use({ filmed: 'otp/lennyerik_demo_export.png' });

  test('comes into the list whole', async ({ page, start, core, say, button }) => {
    await start();
    await button('list.scan').tap();
    const saveAll = page.getByRole('button', { name: say('reviewImport.saveAll_other', { count: 4 }) });
    await saveAll.tap({ timeout: 20_000 });
    await expect(page.getByText(say('reviewImport.saved_other', { count: 4 }))).toBeVisible();
    const saved = (await rows(core)).slice(-4).map(({ issuer, account }) => `${issuer} ${account}`);
    expect(saved).toEqual([
      'example.com testuser',
      'github.com test-github.user@example.com',
      'someexampleservice anothertestuser',
      'someexampleservice fourthuser',
    ]);
  });
});

test.describe('a photo of another code', () => {
  test.use({ filmed: 'jsqr/museum-1.png' });

  test('is named, and the camera goes on', async ({ page, start, say, button }) => {
    await start();
    await button('list.scan').tap();
    await expect(page.getByRole('alert')).toHaveText(say('error.webAddress'), { timeout: 20_000 });
    await expect(page.getByTestId('scanner')).toHaveAttribute('data-running', 'true');
  });
});
