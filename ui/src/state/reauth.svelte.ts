import * as ipc from '../ipc';

/** The user cancelled the question: nothing happened, and no error is shown. */
export class Declined extends Error {}

/** Asks for a credential again where a command requires a recent proof. */
class Reauth {
  asking = $state(false);
  #question: Promise<boolean> | undefined;
  #answer: ((proved: boolean) => void) | undefined;

  /** Runs a command. If the core requires a proof, asks for it and runs the command again. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (ipc.toCommandError(error).code !== 'reauthRequired') throw error;
    }
    if (!(await this.#ask())) throw new Declined();
    return work();
  }

  /** Commands that ask at the same time share one question. */
  #ask(): Promise<boolean> {
    this.asking = true;
    this.#question ??= new Promise((resolve) => (this.#answer = resolve));
    return this.#question;
  }

  finish(proved: boolean): void {
    this.asking = false;
    this.#answer?.(proved);
    this.#answer = this.#question = undefined;
  }
}

export const reauth = new Reauth();
