import type { Credential } from '../ipc';
import type { Reason } from './key-replacement';

/** What is set on a screen of its own; recovery words have theirs. */
export type Settable = Exclude<Credential, 'recovery'>;

/** A screen above the list. Ids only: what a screen shows it asks the core for. */
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
  | { name: 'setCredential'; way: Settable }
  | { name: 'kdfCost'; way: 'pin' | 'passphrase' }
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
  /** No state: an effect that ends reads a state as it was before, and would put back what others have changed since. */
  #overlays: readonly (() => void)[] = [];
  #overlaid = $state(0);

  /** The screen in sight; none is the list. */
  get top(): Screen | null {
    return this.#stack.at(-1) ?? null;
  }

  get stack(): readonly Screen[] {
    return this.#stack;
  }

  /** How many times `back` would find something to close. */
  get depth(): number {
    return this.#stack.length + this.#overlaid;
  }

  push(screen: Screen): void {
    this.#stack = [...this.#stack, screen];
  }

  /** Puts a screen in the place of the one in sight, which is not to be come back to. */
  replace(screen: Screen): void {
    this.#stack = [...this.#stack.slice(0, -1), screen];
  }

  /** Back to the list, then this screen. */
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

  /** Closes the topmost overlay, or else the topmost screen. Answers whether there was one. */
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

  /** An overlay is up until the returned function is called. */
  overlay(close: () => void): () => void {
    // One of its own: the next step of a screen may be closed by the same function.
    const own = () => close();
    this.#lay([...this.#overlays, own]);
    return () => this.#lay(this.#overlays.filter((other) => other !== own));
  }

  clear(): void {
    this.#stack = [];
    this.#lay([]);
  }

  #lay(overlays: readonly (() => void)[]): void {
    this.#overlays = overlays;
    this.#overlaid = overlays.length;
  }
}

export const nav = new Navigation();

/** The "back" of a screen that is on the stack. */
export const goBack = () => void nav.back();
