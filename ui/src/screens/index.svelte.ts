import type { Component } from 'svelte';
import { loadMoreTexts } from '../i18n/index.svelte';
import type { Screen } from '../state/navigation.svelte';

type Name = Screen['name'];
type Props<N extends Name> = Omit<Extract<Screen, { name: N }>, 'name'>;
type Table = { [N in Name]: () => Promise<{ default: Component<Props<N>> }> };

/** The screens above the list. None of them is needed for the first paint. */
const load: Table = {
  add: () => import('./Add.svelte'),
  pasteLink: () => import('./PasteLink.svelte'),
  manualEntry: () => import('./ManualEntry.svelte'),
  scanner: () => import('./Scanner.svelte'),
  reviewImport: () => import('./ReviewImport.svelte'),
  confirmEntry: () => import('./ConfirmEntry.svelte'),
  saved: () => import('./Saved.svelte'),
  details: () => import('./Details.svelte'),
  damagedEntry: () => import('./DamagedEntry.svelte'),
  checkCodes: () => import('./CheckCodes.svelte'),
  showQr: () => import('./ShowQr.svelte'),
  edit: () => import('./Edit.svelte'),
  settings: () => import('./Settings.svelte'),
  unlockMethods: () => import('./UnlockMethods.svelte'),
  setCredential: () => import('./SetCredential.svelte'),
  kdfCost: () => import('./KdfCost.svelte'),
  newRecoveryWords: () => import('./NewRecoveryWords.svelte'),
  replaceKeys: () => import('./replace-keys/ReplaceKeys.svelte'),
  newSecretsChecklist: () => import('./NewSecretsChecklist.svelte'),
  reorder: () => import('./Reorder.svelte'),
  trash: () => import('./Trash.svelte'),
  help: () => import('./Help.svelte'),
  licences: () => import('./Licences.svelte'),
};
const NAMES = Object.keys(load) as Name[];

// The props come from the stack entry; `Table` has checked their types.
type CodeRef = Component<Record<string, unknown>>;

class Screens {
  #loaded = $state.raw<Partial<Record<Name, CodeRef>>>({});

  /** The screen's component; undefined while it is being loaded. */
  of(name: Name): CodeRef | undefined {
    const found = this.#loaded[name];
    if (!found) void this.#load(name);
    return found;
  }

  /** Loads all screens in advance, so that the user does not wait later. */
  async loadAll(): Promise<void> {
    for (const name of NAMES) await this.#load(name);
  }

  async #load(name: Name): Promise<void> {
    const [{ default: screen }] = await Promise.all([load[name](), loadMoreTexts()]);
    if (!this.#loaded[name]) this.#loaded = { ...this.#loaded, [name]: screen as unknown as CodeRef };
  }
}

export const screens = new Screens();
