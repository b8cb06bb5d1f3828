import * as ipc from '../ipc';

/** The person did not want to prove it: nothing happened, nothing need be said. */
export class Declined extends Error {}

/** The question for the passphrase that some commands ask first. */
class Proof {
  asking = $state(false);
  #question: Promise<boolean> | undefined;
  #answer: ((proved: boolean) => void) | undefined;

  /** Runs a command; where the core asks for a proof first, gets it and runs the command again. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (ipc.toCommandError(error).code !== 'reauthRequired') throw error;
    }
    if (!(await this.#ask())) throw new Declined();
    return work();
  }

  /** One answer holds for all that ask meanwhile. */
  #ask(): Promise<boolean> {
    this.asking = true;
    this.#question ??= new Promise((resolve) => (this.#answer = resolve));
    return this.#question;
  }

  settle(proved: boolean): void {
    this.asking = false;
    this.#answer?.(proved);
    this.#answer = this.#question = undefined;
  }
}

export const proof = new Proof();
