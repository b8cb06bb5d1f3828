import { untrack } from 'svelte';
import * as ipc from '../ipc';
import { drafts } from './drafts.svelte';
import { nav } from './navigation.svelte';
import { inOrder, isUnderWay, parsePlace, stackAfter, type Place } from './place';
import { typed } from './typed.svelte';

const AFTER_MS = 300;

/** Tells the core where the person is, so that a lock does not lose it; and goes back there once it is open again. */
class Keeping {
  /** Goes back first: until then the core's place is not to be written over. */
  #active = $state(false);
  #told: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What a lock interrupted is back: from now on something new may come. */
  get settled(): boolean {
    return this.#active;
  }

  /** What a lock interrupted is on the screen again. */
  async resume(): Promise<void> {
    try {
      const { place: text, drafts: held, series } = await ipc.resume();
      const place = text === null ? null : parsePlace(text);
      drafts.list = inOrder(place, held);
      drafts.series = series;
      if (place) typed.restore(place.typed);
      const stack = stackAfter(place, drafts.list);
      if (nav.depth === 0) nav.stand(stack);
      // The core has it still, for a lock before it is told anew.
      this.#told = text;
      this.#active = true;
    } catch {
      // Open for reading only, or locked again: nothing is under way.
    }
  }

  /** To be run in an effect: what it reads is what a change is noticed of. */
  follow(): void {
    const place = this.#place();
    untrack(() => {
      if (!this.#active || place === this.#told) return;
      // Done or given up: a lock within the wait must not bring it back.
      if (place === null) this.flush();
      // From the first change on, however long somebody types without a pause: a page that ends tells nothing more.
      else this.#timer ??= setTimeout(() => this.flush(), AFTER_MS);
    });
  }

  /** At once. */
  flush(): void {
    const told = this.#told;
    const place = this.leave();
    if (!this.#active || place === told) return;
    void ipc.keepPlace(place).catch(() => undefined);
  }

  /**
   * The window is being left: the place, for the very message that says so. A message of its own could reach the core
   * after that one, when it has locked already.
   */
  leave(): string | null {
    this.#endWait();
    if (!this.#active) return null;
    this.#told = untrack(() => this.#place());
    return this.#told;
  }

  /** Locked: what was told last holds. */
  stop(): void {
    this.#endWait();
    this.#active = false;
    this.#told = null;
  }

  #endWait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #place(): string | null {
    if (!isUnderWay(nav.stack)) return null;
    const { hand, names, entry, secretLost } = typed;
    // Still to be typed again: that is said until it is.
    const secret = typed.secret || secretLost;
    const place: Place = {
      stack: [...nav.stack],
      typed: { hand, names, entry, secret },
      drafts: drafts.list.map(({ draftId }) => draftId),
    };
    return JSON.stringify(place);
  }
}

export const keeping = new Keeping();
