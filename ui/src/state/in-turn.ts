/** Runs works one after the other, as they were asked for: each starts from what the one before has changed. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  /** A work that fails does not keep the next from running. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done;
    return done;
  }
}
