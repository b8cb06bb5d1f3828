import type { FormState } from './ui-state-format';

const NOTHING: FormState = { hand: null, names: null, entry: null, secret: false };

/** What the user typed on the screens above the list: kept for a step back and over a lock, dropped with the last screen. */
class FormFields implements FormState {
  hand = $state.raw<FormState['hand']>(null);
  names = $state.raw<FormState['names']>(null);
  entry = $state.raw<FormState['entry']>(null);
  secret = $state(false);
  /** A lock erased a typed secret: the screen asks the user to type it again. */
  secretLost = $state(false);

  /** Restores what a lock interrupted. */
  restore(form: FormState): void {
    Object.assign(this, { ...form, secret: false, secretLost: form.secret });
  }

  /** Call when the screen with the secret is left. */
  leaveSecret(): void {
    this.secret = this.secretLost = false;
  }

  clear(): void {
    Object.assign(this, { ...NOTHING, secretLost: false });
  }
}

export const formState = new FormFields();
