import type { Component } from 'svelte';
import { speakMore } from '../i18n/index.svelte';
import type { Screen } from '../state/navigation.svelte';

type Name = Screen['name'];
type Props<N extends Name> = Omit<Extract<Screen, { name: N }>, 'name'>;
type Table = { [N in Name]: () => Promise<{ default: Component<Props<N>> }> };

/** Every screen above the list: none of them is needed for the first paint. */
const load: Table = {
  add: () => import('./Add.svelte'),
  link: () => import('./Link.svelte'),
  byHand: () => import('./ByHand.svelte'),
  scanner: () => import('./Scanner.svelte'),
  pick: () => import('./Pick.svelte'),
  confirm: () => import('./Confirm.svelte'),
  saved: () => import('./Saved.svelte'),
  details: () => import('./Details.svelte'),
  damaged: () => import('./Damaged.svelte'),
  doctor: () => import('./Doctor.svelte'),
  qr: () => import('./ShowQr.svelte'),
  edit: () => import('./Edit.svelte'),
  settings: () => import('./Settings.svelte'),
  opening: () => import('./Opening.svelte'),
  setWay: () => import('./SetWay.svelte'),
  cost: () => import('./Cost.svelte'),
  newWords: () => import('./NewWords.svelte'),
  replaceKeys: () => import('./replace-keys/ReplaceKeys.svelte'),
  renewals: () => import('./Renewals.svelte'),
  reorder: () => import('./Reorder.svelte'),
  trash: () => import('./Trash.svelte'),
  help: () => import('./Help.svelte'),
  licences: () => import('./Licences.svelte'),
};
const NAMES = Object.keys(load) as Name[];

// Each is given what its place in the stack holds, which the table has checked.
type Shown = Component<Record<string, unknown>>;

class Screens {
  #loaded = $state.raw<Partial<Record<Name, Shown>>>({});

  /** The screen, at once where it is there already. */
  of(name: Name): Shown | undefined {
    const found = this.#loaded[name];
    if (!found) void this.#load(name);
    return found;
  }

  /** All of them, one after the other: whoever opens one later does not wait. */
  async loadAll(): Promise<void> {
    for (const name of NAMES) await this.#load(name);
  }

  async #load(name: Name): Promise<void> {
    const [{ default: screen }] = await Promise.all([load[name](), speakMore()]);
    if (!this.#loaded[name]) this.#loaded = { ...this.#loaded, [name]: screen as unknown as Shown };
  }
}

export const screens = new Screens();
