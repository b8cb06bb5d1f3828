import { untrack } from 'svelte';
import * as ipc from '../ipc';
import { drafts } from './drafts.svelte';
import { nav } from './navigation.svelte';
import { inOrder, isUnderWay, parseUiState, stackAfter, type UiState } from './ui-state-format';
import { formState } from './form-state.svelte';

const SAVE_DELAY_MS = 300;

/** Saves what the user is doing in the core, so that a lock does not lose it, and restores it after the unlock. */
class UiStateSync {
  /** True after the restore. Saving before it would overwrite the state that is to be restored. */
  #active = $state(false);
  #saved: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What a lock interrupted is on the screen again, so a shared link or picture may be shown now. */
  get restored(): boolean {
    return this.#active;
  }

  /** Shows again what a lock interrupted. */
  async restore(): Promise<void> {
    try {
      const { uiState: text, drafts: kept, batches } = await ipc.restoreUiState();
      const state = text === null ? null : parseUiState(text);
      drafts.list = inOrder(state, kept);
      drafts.batches = batches;
      if (state) formState.restore(state.form);
      const stack = stackAfter(state, drafts.list);
      if (nav.depth === 0) nav.setStack(stack);
      // The core keeps it until the next save.
      this.#saved = text;
      this.#active = true;
    } catch {
      // Read-only or locked again: there is nothing to restore.
    }
  }

  /** Run this in an effect: it reads all of the state, so every change runs it again. */
  saveOnChange(): void {
    const current = this.#current();
    untrack(() => {
      if (!this.#active || current === this.#saved) return;
      // The work is done or given up: a lock before the delay ends must not bring it back.
      if (current === null) this.saveNow();
      // The delay counts from the first change, so that continuous typing is saved, too.
      else this.#timer ??= setTimeout(() => this.saveNow(), SAVE_DELAY_MS);
    });
  }

  /** Saves without the delay. */
  saveNow(): void {
    const saved = this.#saved;
    const current = this.snapshot();
    if (!this.#active || current === saved) return;
    void ipc.saveUiState(current).catch(() => undefined);
  }

  /**
   * The state to send with the message that the window is hidden. A message of its own could reach the core after that
   * one, when the vault is locked already.
   */
  snapshot(): string | null {
    this.#endWait();
    if (!this.#active) return null;
    this.#saved = untrack(() => this.#current());
    return this.#saved;
  }

  /** After a lock: the core keeps what was saved last. */
  stop(): void {
    this.#endWait();
    this.#active = false;
    this.#saved = null;
  }

  #endWait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #current(): string | null {
    if (!isUnderWay(nav.stack)) return null;
    const { hand, names, entry, secretLost } = formState;
    // Still true if the user has not typed the lost secret again.
    const secret = formState.secret || secretLost;
    const state: UiState = {
      stack: [...nav.stack],
      form: { hand, names, entry, secret },
      drafts: drafts.list.map(({ draftId }) => draftId),
    };
    return JSON.stringify(state);
  }
}

export const uiState = new UiStateSync();
