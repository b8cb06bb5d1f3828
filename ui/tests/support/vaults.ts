import { cpSync, rmSync } from 'node:fs';
import type { Draft, RecoveryWords, ListRow, SavedEntry, ScanResult, ListPage } from '../../src/ipc/wire';
import { Core } from './core';
import { newFolder } from './places';

export const PASSPHRASE = 'quatre mots sans lien';
export const PIN = '314159';

/** The entries of most tests: each kind, and names as long as real ones. */
export const SECRETS = {
  commerce: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  demo: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  client: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
  connect: 'NNSXS4TJNZTWC43FMNZGK5DOOVWWEZLS',
  counter: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U',
  steam: 'ONSWG4TFOQXHG5DFMFWXG5DFMFWSEIJB',
};
const LINKS = [
  `otpauth://totp/CC%20Commerce%20Suisse:john.doe?secret=${SECRETS.commerce}&issuer=CC%20Commerce%20Suisse`,
  `otpauth://totp/demo:john.doe%20-%20desksecurium?secret=${SECRETS.demo}&issuer=demo`,
  `otpauth://totp/Espace%20client:j.doe%40example.ch?secret=${SECRETS.client}&issuer=Espace%20client&algorithm=SHA256&digits=8`,
  `otpauth://totp/connect.fer:john.doe?secret=${SECRETS.connect}&issuer=connect.fer`,
  `otpauth://hotp/Soci%C3%A9t%C3%A9%20g%C3%A9n%C3%A9rale:carte%20n%C2%B0%204?secret=${SECRETS.counter}&issuer=Soci%C3%A9t%C3%A9%20g%C3%A9n%C3%A9rale&counter=7`,
  `otpauth://steam/Steam:joueur?secret=${SECRETS.steam}&issuer=Steam`,
];

/** Adds the entry of a link and returns its id. */
export async function addLink(core: Core, link: string): Promise<string> {
  const { drafts } = await core.call<ScanResult>('import_text', { text: link });
  const [draft] = drafts as [Draft];
  const changes = { issuer: draft.issuer, account: draft.account };
  return (await core.call<SavedEntry>('save_draft', { draftId: draft.draftId, changes })).id;
}

/** The rows of the list, as the core has them. */
export async function rows(core: Core, trash = false): Promise<ListRow[]> {
  const request = { query: '', sort: 'manual', group: null, trash, offset: 0, limit: 100 };
  return (await core.call<ListPage>('list_entries', { request })).rows;
}

export const unlock = (core: Core) =>
  core.call('unlock', { credential: 'passphrase', text: PASSPHRASE });

/** Proves who the user is, for commands that require a recent proof. */
export const prove = (core: Core) => core.call('reauthenticate', { credential: 'passphrase', text: PASSPHRASE });

/** A folder with a locked vault: created once for each worker, and copied for each test. */
export class Vault {
  words: string[] = [];

  private constructor(private folder: string) {}

  /** Creates it, with the entries above if asked, and its recovery words confirmed. */
  static async make(entries: boolean): Promise<Vault> {
    const vault = new Vault(newFolder());
    const core = new Core(vault.folder);
    const { words, ask } = await core.call<RecoveryWords>('create_vault', { credential: 'passphrase', text: PASSPHRASE });
    vault.words = words;
    const answers = ask.map((position) => ({ position, word: words[position - 1] }));
    await core.call('verify_recovery_words', { answers });
    if (entries) for (const link of LINKS) await addLink(core, link);
    await core.call('lock');
    await core.end();
    return vault;
  }

  copyTo(folder: string): void {
    cpSync(this.folder, folder, { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
