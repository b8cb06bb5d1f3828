/** Runs tasks one after the other, so that each starts from the result of the one before. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** A task that fails does not stop the next one. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done;
    return done;
  }
}
