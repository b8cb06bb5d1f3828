import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ErrorCode } from '../src/ipc';
import { expect, test } from './support/app';
import type { Core } from './support/core';
import { readVault } from './support/damage';
import { pasteOrDrop } from './support/paste-or-drop';
import { drawQr, png } from './support/qr';
import { rows } from './support/vaults';
import { LANGS, text, type Lang } from './support/words';

const SECRET = 'PBRGK3DPNZTSA53IN5WXG5DPOJ4WG43F';
const totp = (rest: string) => `otpauth://totp/Portail:moi?${rest}`;

type Say = (key: string, values?: Record<string, string | number>) => string;
type Values = Record<string, string | number>;
/** The input, the error code, and the values of its message. */
type Case = [given: string, code: ErrorCode, values?: Values];

/** Typed or pasted: one line a case. */
const TEXTS: Record<string, Case> = {
  'a sentence': ['bonjour', 'notOtpauth'],
  'an address of a website': ['https://www.example.ch/menu', 'webAddress'],
  'a code of Okta': ['oktaverify://example.okta.com/enroll?secret=x', 'vendorCode', { vendor: 'Okta Verify' }],
  'a code of Microsoft': ['phonefactor://activate?code=123', 'vendorCode', { vendor: 'Microsoft Authenticator' }],
  'a transfer that was cut short': ['otpauth-migration://offline?data=CgA%3', 'transferCodeMalformed'],
  'a transfer of nothing': ['otpauth-migration://offline?data=EAE%3D', 'transferCodeEmpty'],
  'an unsupported type': [`otpauth://yaotp/moi?secret=${SECRET}`, 'unsupportedType', { type: 'yaotp' }],
  'no secret': [totp('issuer=Portail'), 'secretMissing'],
  'bad base32': [totp('secret=JBSWY3DP1HPK3PXP'), 'secretCharacter', { character: '1', position: 9 }],
  'period 0': [totp(`secret=${SECRET}&period=0`), 'periodOutOfRange', { min: 1, max: 3600 }],
  '11 digits': [totp(`secret=${SECRET}&digits=11`), 'digitsOutOfRange', { min: 6, max: 10 }],
  'an unknown algorithm': [totp(`secret=${SECRET}&algorithm=SHA3-256`), 'algorithmUnsupported'],
  'a counter that is none': [`otpauth://hotp/moi?secret=${SECRET}&counter=-1`, 'counterOutOfRange'],
  'half a link': ['otpauth://', 'uriMalformed'],
  'a link that may be cut': [`otpauth://totp/moi?secret=jbswy3dp merci`, 'brokenLink'],
  'a link in a name': [totp(`secret=${SECRET}&issuer=otpauth%3A%2F%2Ftotp%2Fx`), 'secondLink'],
};

/** A picture of 12 megapixels of noise, always the same. */
function noise(): Buffer {
  const [width, height] = [4000, 3000];
  const pixels = new Uint8Array(width * height);
  let state = 1;
  for (let at = 0; at < pixels.length; at += 1) {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    pixels[at] = state >>> 24;
  }
  return png({ width, height, pixels });
}

const blank = (side: number) =>
  png({ width: side, height: side, pixels: new Uint8Array(side * side).fill(255) });

/** A QR code without its middle: only the finder patterns are left. */
function torn(): Buffer {
  const { width, pixels } = drawQr(totp(`secret=${SECRET}`));
  const inMiddle = (at: number) => at > width * 0.3 && at < width * 0.8;
  const left = pixels.map((tone, at) => (inMiddle(at % width) && inMiddle(Math.floor(at / width)) ? 255 : tone));
  return png({ width, height: width, pixels: left });
}

/** Chosen as a picture. */
const PICTURES: Record<string, [draw: () => Buffer, code: ErrorCode, values?: Values]> = {
  'no picture': [() => Buffer.from('bonjour'), 'notAPicture'],
  'half a picture': [() => blank(200).subarray(0, 60), 'notAPicture'],
  'a picture without a code': [() => blank(400), 'noCodeInPicture'],
  'a code whose middle is torn out': [torn, 'codeUnreadable'],
  'a picture of 12 megapixels of noise': [noise, 'noCodeInPicture'],
  'a picture of 64 megapixels': [() => blank(8000), 'pictureTooLarge', { maxMegapixels: 50 }],
  'a code that is no otpauth': [() => png(drawQr('WIFI:S:cafe;T:WPA;P:secret;;')), 'notOtpauth'],
  "a vendor's own code": [
    () => png(drawQr('oktaverify://example.okta.com/enroll')),
    'vendorCode',
    { vendor: 'Okta Verify' },
  ],
};

/** The bytes of the vault file. */
const print = (folder: string) => createHash('sha256').update(readVault(folder)).digest('hex');

/** The page shows only this error. */
async function says(page: Page, say: Say, code: ErrorCode, values: Values = {}): Promise<void> {
  const key = code === 'unsupportedType' ? 'typed.unsupportedType' : `error.${code}`;
  await expect(page.getByRole('alert')).toHaveText(say(key, values), { timeout: 15_000 });
}

/** Waits for the answer to a new command, so that the next error is not that of the previous one. */
async function answered(core: Core, cmd: string): Promise<void> {
  await expect.poll(() => core.take(cmd), { timeout: 15_000 }).toBe(true);
}

/** The key words of each message, in the order of `LANGS`. */
const MEANS: Partial<Record<ErrorCode, [fr: string, de: string, it: string, en: string]>> = {
  notOtpauth: [
    'pas un code d’authentification',
    'kein Code für eine Authenticator-App',
    'Non è un codice di autenticazione',
    'not an authenticator code',
  ],
  webAddress: ['adresse d’un site', 'Adresse einer Website', 'indirizzo di un sito', 'address of a website'],
  vendorCode: ['réservé à l’application', 'der App x vorbehalten', 'riservato all’app x', 'works only with'],
  transferCodeMalformed: ['incomplet ou abîmé', 'unvollständig oder beschädigt', 'incompleto o danneggiato', 'incomplete or damaged'],
  transferCodeEmpty: ['aucun compte', 'enthält kein Konto', 'non contiene alcun account', 'holds no account'],
  unsupportedType: ['Ce type de code', 'Diese Art von Code', 'Questo tipo di codice', 'This type of code'],
  secretMissing: ['manque', 'fehlt', 'Manca', 'missing'],
  secretCharacter: [
    'Le caractère « x », en position 1',
    'Das Zeichen «x» an Position 1',
    'Il carattere «x», in posizione 1',
    'The character “x” at position 1',
  ],
  periodOutOfRange: ['La période', 'Das Intervall', 'L’intervallo', 'The period'],
  digitsOutOfRange: ['nombre de chiffres', 'Anzahl Ziffern', 'numero di cifre', 'number of digits'],
  algorithmUnsupported: ['algorithme', 'Algorithmus', 'algoritmo', 'algorithm'],
  counterOutOfRange: ['compteur', 'Zähler', 'contatore', 'counter'],
  uriMalformed: [
    'Ce lien est incomplet',
    'Dieser Link ist unvollständig',
    'Questo link è incompleto',
    'This link is incomplete',
  ],
  brokenLink: ['semble coupé', 'unterbrochen', 'spezzato', 'seems to be broken'],
  secondLink: ['contient un lien', 'enthält einen Link', 'contiene un link', 'contains a link'],
  notAPicture: ['pas une image', 'kein lesbares Bild', 'non è un’immagine leggibile', 'not a readable picture'],
  noCodeInPicture: ['Aucun code QR', 'kein QR-Code', 'alcun codice QR', 'No QR code'],
  codeUnreadable: ['il est illisible', 'nicht lesbar', 'non è leggibile', 'cannot be read'],
  pictureTooLarge: ['millions de pixels', 'Millionen Pixel', 'milioni di pixel', 'million pixels'],
  fileTooLarge: ['Ce fichier dépasse', 'Diese Datei ist grösser als', 'Questo file supera', 'This file is over'],
  textTooLong: ['Ce texte dépasse', 'Dieser Text ist länger als', 'Questo testo supera', 'This text is over'],
  credentialRejected: [
    'n’ouvre pas le trousseau',
    'öffnet den Tresor nicht',
    'non apre la cassaforte',
    'does not open the vault',
  ],
  alreadyRunning: [
    'déjà ouvert dans une autre fenêtre',
    'schon in einem anderen Fenster',
    'già aperta in un’altra finestra',
    'already open in another window',
  ],
  diskFull: ['plus de place', 'kein Platz mehr', 'non c’è più spazio', 'no space left'],
};

test('each error message has its meaning in each language', () => {
  const given = [...Object.values(TEXTS), ...Object.values(PICTURES)].map(([, code]) => code);
  expect(given.filter((code) => !(code in MEANS))).toEqual([]);
  const values = { vendor: 'x', character: 'x', position: 1, min: 1, max: 2, maxMegapixels: 1, maxMb: 1 };
  // A no-break space is a space here, and foreign words are not isolated.
  const plain = (lang: Lang, code: string) =>
    text(lang, `error.${code}`, values).replaceAll(/\s/g, ' ').replaceAll(/[\u2068\u2069]/g, '');
  for (const [code, words] of Object.entries(MEANS)) {
    LANGS.forEach((lang, index) => expect(plain(lang, code)).toContain(words[index]));
  }
});

for (const lang of LANGS) {
  test.describe(lang, () => {
    test.use({ lang });

    test('links', async ({ page, folder, start, core, say, button, field }) => {
      const before = [print(folder), await rows(core)];
      await start();
      await button('list.add').tap();
      await page.getByRole('button', { name: say('add.link') }).tap();
      for (const [name, [given, code, values]] of Object.entries(TEXTS)) {
        await test.step(name, async () => {
          await field('pasteLink.label').fill(given);
          await button('common.continue').tap();
          await answered(core, 'import_text');
          await says(page, say, code, values);
          expect(await page.getByRole('alert').innerText()).not.toMatch(/[A-Z2-7]{8}/);
        });
      }
      expect([print(folder), await rows(core)]).toEqual(before);
    });

    test('pictures', async ({ page, folder, start, core, say, button }) => {
      const before = [print(folder), await rows(core)];
      await start();
      await button('list.add').tap();
      for (const [name, [draw, code, values]] of Object.entries(PICTURES)) {
        await test.step(name, async () => {
          writeFileSync(join(folder, 'image.png'), draw());
          await page.getByLabel(say('add.picture')).setInputFiles(join(folder, 'image.png'));
          await answered(core, 'scan_picture');
          await says(page, say, code, values);
        });
      }
      expect([print(folder), await rows(core)]).toEqual(before);
    });

    test('a file of 200 MB is refused unread', async ({ page, folder, start, core, say, button }) => {
      const large = join(folder, 'large.png');
      writeFileSync(large, '');
      truncateSync(large, 200 * 1024 * 1024);
      await start();
      await button('list.add').tap();
      await page.getByLabel(say('add.picture')).setInputFiles(large);
      await says(page, say, 'fileTooLarge', { maxMb: 64 });
      expect(core.asked.map(({ cmd }) => cmd)).not.toContain('scan_picture');
    });

    test('a text of 17 MB is refused unsent', async ({ page, start, core, say, button }) => {
      await start();
      await button('list.add').tap();
      await pasteOrDrop(page, 'paste', { text: 'otpauth://totp/x?secret='.padEnd(17 * 1024 * 1024, 'A') });
      await says(page, say, 'textTooLong', { max: 16 * 1024 * 1024 });
      expect(core.asked.map(({ cmd }) => cmd)).not.toContain('import_text');
    });

    test('typed by hand', async ({ page, folder, start, core, say, button, field }) => {
      const before = [print(folder), await rows(core)];
      await start();
      await button('list.add').tap();
      await page.getByRole('button', { name: say('add.byHand') }).tap();
      await field('manualEntry.secret').fill('jbsw y3dp 8hpk');
      await button('common.continue').tap();
      await says(page, say, 'secretCharacter', { character: '8', position: 11 });
      await field('manualEntry.secret').fill(SECRET);
      await page.getByText(say('manualEntry.advanced')).tap();
      for (const period of ['0', '3601', '1.5', 'x']) {
        await field('manualEntry.period').fill(period);
        await button('common.continue').tap();
        await says(page, say, 'periodOutOfRange', { min: 1, max: 3600 });
      }
      await page.getByLabel(say('manualEntry.kind')).selectOption({ label: say('kind.hotp') });
      await field('manualEntry.counter').fill('18446744073709551616');
      await button('common.continue').tap();
      await says(page, say, 'counterOutOfRange');
      expect([print(folder), await rows(core)]).toEqual(before);
    });
  });
}
