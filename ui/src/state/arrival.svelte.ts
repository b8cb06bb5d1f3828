/**
 * Somebody has just come: the app started or came to the front closed, and nothing was touched since.
 *
 * Only then does a lock screen ask the device by itself; after a lock by hand it waits for a touch.
 */
export class Arrival {
  fresh = $state(false);
  #sheets = 0;
  #ownSheet = false;

  come(closed: boolean): void {
    this.fresh = closed && !this.#ownSheet;
    this.#ownSheet = false;
  }

  /** The window is hidden, perhaps by a sheet that was asked for here: coming back from that is no arrival. */
  leave(): void {
    this.#ownSheet = this.#sheets > 0;
  }

  settle(): void {
    this.fresh = false;
  }

  /** While this runs, the system may show a dialog of its own. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.settle();
    this.#sheets += 1;
    try {
      return await work();
    } finally {
      this.#sheets -= 1;
    }
  }
}

export const arrival = new Arrival();
