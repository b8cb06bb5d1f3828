/**
 * Whether the lock screen may ask for the biometric by itself: the app was started or came to the front with the vault
 * locked, and the user has done nothing since. After a lock by hand the user has to ask.
 */
export class AutoPrompt {
  due = $state(false);
  #dialogs = 0;
  #ownDialog = false;

  onWindowShown(closed: boolean): void {
    this.due = closed && !this.#ownDialog;
    this.#ownDialog = false;
  }

  /** The window is hidden, perhaps by a system dialog of our own. Returning from that dialog must not ask again. */
  onWindowHidden(): void {
    this.#ownDialog = this.#dialogs > 0;
  }

  cancel(): void {
    this.due = false;
  }

  /** While this runs, the system may show a dialog that hides the window. */
  async withSystemDialog<T>(work: () => Promise<T>): Promise<T> {
    this.cancel();
    this.#dialogs += 1;
    try {
      return await work();
    } finally {
      this.#dialogs -= 1;
    }
  }
}

export const autoPrompt = new AutoPrompt();
