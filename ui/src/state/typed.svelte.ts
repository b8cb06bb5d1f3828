import type { Typed } from './place';

const NOTHING: Typed = { hand: null, names: null, entry: null, secret: false };

/** What is typed above the list: kept for a step back and over a lock, and gone with the last screen. */
class TypedFields implements Typed {
  hand = $state.raw<Typed['hand']>(null);
  names = $state.raw<Typed['names']>(null);
  entry = $state.raw<Typed['entry']>(null);
  secret = $state(false);
  /** A lock took a secret that was typed: it is asked for again. */
  secretLost = $state(false);

  /** What a lock interrupted. */
  restore(typed: Typed): void {
    Object.assign(this, { ...typed, secret: false, secretLost: typed.secret });
  }

  /** The screen on which a secret is typed is left. */
  leaveSecret(): void {
    this.secret = this.secretLost = false;
  }

  clear(): void {
    Object.assign(this, { ...NOTHING, secretLost: false });
  }
}

export const typed = new TypedFields();
