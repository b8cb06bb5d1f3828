import type { Credential } from '../ipc';
import type { Reason } from './key-replacement';

/** Credentials that share one screen; recovery words have their own. */
export type Settable = Exclude<Credential, 'recovery'>;

/** A screen above the list. It holds ids only: each screen loads its data from the core. */
export type Screen =
  | { name: 'add' }
  | { name: 'pasteLink' }
  | { name: 'manualEntry' }
  | { name: 'scanner' }
  | { name: 'reviewImport' }
  | { name: 'confirmEntry'; draftId: string }
  | { name: 'saved'; id: string }
  | { name: 'details'; id: string }
  | { name: 'damagedEntry'; id: string }
  | { name: 'checkCodes'; id: string }
  | { name: 'showQr'; id: string }
  | { name: 'edit'; id: string }
  | { name: 'settings' }
  | { name: 'unlockMethods' }
  | { name: 'setCredential'; credential: Settable }
  | { name: 'kdfCost'; credential: 'pin' | 'passphrase' }
  | { name: 'newRecoveryWords' }
  | { name: 'replaceKeys'; reason: Reason }
  | { name: 'newSecretsChecklist' }
  | { name: 'reorder' }
  | { name: 'trash' }
  | { name: 'help' }
  | { name: 'licences' };

/** The stack of screens above the list, and the overlays (menus, questions) above those. */
export class Navigation {
  #stack = $state.raw<readonly Screen[]>([]);
  /** Not reactive: an effect's cleanup reads the old value of a state, and would undo later changes. */
  #overlays: readonly (() => void)[] = [];
  #overlayCount = $state(0);

  /** The visible screen; null for the list. */
  get top(): Screen | null {
    return this.#stack.at(-1) ?? null;
  }

  get stack(): readonly Screen[] {
    return this.#stack;
  }

  /** How many times `back` can close something. */
  get depth(): number {
    return this.#stack.length + this.#overlayCount;
  }

  push(screen: Screen): void {
    this.#stack = [...this.#stack, screen];
  }

  /** Replaces the visible screen; `back` does not return to it. */
  replace(screen: Screen): void {
    this.#stack = [...this.#stack.slice(0, -1), screen];
  }

  /** Shows this screen directly above the list. */
  restart(screen: Screen): void {
    this.#stack = [screen];
  }

  /** Restores the screens that a lock interrupted. */
  setStack(stack: readonly Screen[]): void {
    this.#stack = stack;
  }

  home(): void {
    this.#stack = [];
  }

  /** Closes the topmost overlay, or else the topmost screen. Returns whether there was one. */
  back(): boolean {
    const overlay = this.#overlays.at(-1);
    if (overlay) {
      overlay();
      return true;
    }
    if (this.#stack.length === 0) return false;
    this.leave();
    return true;
  }

  /** Closes the topmost screen, with the overlays that are its own. */
  leave(): void {
    this.#stack = this.#stack.slice(0, -1);
  }

  /** Adds an overlay, until the returned function is called. */
  overlay(close: () => void): () => void {
    // A wrapper, because two overlays may have the same `close`.
    const own = () => close();
    this.#setOverlays([...this.#overlays, own]);
    return () => this.#setOverlays(this.#overlays.filter((other) => other !== own));
  }

  clear(): void {
    this.#stack = [];
    this.#setOverlays([]);
  }

  #setOverlays(overlays: readonly (() => void)[]): void {
    this.#overlays = overlays;
    this.#overlayCount = overlays.length;
  }
}

export const nav = new Navigation();

/** The "back" of a screen that is on the stack. */
export const goBack = () => void nav.back();
