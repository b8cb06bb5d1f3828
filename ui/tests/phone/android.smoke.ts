import { join } from 'node:path';
import { _android, expect, test } from '@playwright/test';
import { totpBetween } from '../support/oathtool';
import { firstRun, LINK, save, SECRET, touchKey } from './walk';

const APP = 'org.trousseau.authenticator';
const PICTURES = process.env.SMOKE_PICTURES ?? 'test-results';

test('a first run, and an entry by a deep link', async () => {
  const [device] = await _android.devices({ omitDriverInstall: true });
  if (!device) throw new Error('adb knows no device');
  device.setDefaultTimeout(60_000);
  const view = await device.webView({ pkg: APP });
  const page = await view.page();
  // A screenshot of the page, because one of the device's screen is black, as it should be.
  const picture = (name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

  await picture('1-welcome');
  await firstRun(page);
  await picture('2-empty');
  await device.shell(`am start -W -a android.intent.action.VIEW -c android.intent.category.BROWSABLE -d '${LINK}'`);
  const from = Date.now();
  const code = await save(page);
  await picture('3-saved');
  // The code differs each time, so it is masked.
  await page.screenshot({ path: join(PICTURES, '4-list.png'), mask: await touchKey(page) });
  expect(totpBetween({ secret: SECRET }, from - 30_000, Date.now())).toContain(code);
  await device.close();
});
