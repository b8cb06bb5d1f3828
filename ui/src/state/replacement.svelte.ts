import { tick } from 'svelte';
import * as ipc from '../ipc';
import { dialogText } from '../text/credentials';
import { autoPrompt } from './auto-prompt.svelte';
import { entries } from './entries.svelte';
import { asked, outcomesAfterRecovery, outcomesOf, stepToCorrect, keepsPortableCredential, wantedCredentials } from './key-replacement';
import type { Asked, Chosen, Outcome, Reason, CredentialOutcome } from './key-replacement';
import { session } from './session.svelte';
import { Task } from './task.svelte';
import { unused } from './unused-words.svelte';

/** What was chosen for what was forgotten, after the recovery words opened. */
export type NewCredential = { credential: 'pin' | 'passphrase' | 'device'; text: string };
type Step = 'plan' | Asked | 'working' | 'done';
type Typed = 'pin' | 'passphrase';

/** One replacement of the keys of the vault, from the first question to the last screen. Nothing is written before the end. */
export class Replacement {
  step = $state<Step>('plan');
  /** What opens the vault now; none until the core has said. */
  plan = $state.raw<readonly ipc.PresentWay[] | null>(null);
  chosen = $state.raw<Chosen>({});
  /** New recovery words, in the memory of the core. */
  words = $state.raw<ipc.RecoveryWords | null>(null);
  /** Whether they were typed back; none until that, or until it was put off. */
  wordsConfirmed = $state<boolean | null>(null);
  /** It is asked whether nothing is to be left that opens a copy on another device. */
  askingCopy = $state(false);
  /** Why the core refused, for the screen on which it is mended. */
  problem = $state.raw<ipc.CommandError | null>(null);
  result = $state.raw<ipc.KeysReplaced | null>(null);
  readonly task = new Task();
  /** That nothing opens a copy on another device is wanted. */
  #copyless = false;
  /** The replacement that is under way, or the last one. */
  #running: Promise<void> | null = null;
  #texts: Record<Typed, string> = { pin: '', passphrase: '' };
  #anew = $state.raw<NewCredential | null>(null);

  /** No reason: after the recovery words opened. */
  constructor(readonly reason: Reason | null) {}

  get outcomes(): CredentialOutcome[] {
    if (this.#anew) return outcomesAfterRecovery(this.#anew.credential);
    return this.reason && this.plan ? outcomesOf(this.reason, this.plan, this.chosen) : [];
  }

  /** The disk did not confirm it: the old keys may be the valid ones, or the new ones. */
  get unsure(): boolean {
    return this.task.error?.code === 'keysNotConfirmed';
  }

  /** There are new words that open nothing: they are let go once the keys were replaced, or may have been. */
  get hasUnusedWords(): boolean {
    return this.words !== null;
  }

  /** Whoever knows the passphrase opens newer files too. */
  get keepsPassphrase(): boolean {
    return this.outcomes.some(({ credential, outcome }) => credential === 'passphrase' && outcome === 'same');
  }

  /** The vault had recovery words before. */
  get hadWords(): boolean {
    return this.outcomes.some(({ credential }) => credential === 'recovery');
  }

  /** The screens between the first one and the replacement. */
  get #steps(): Asked[] {
    // What is new was chosen before.
    return asked(this.outcomes).filter((step) => !this.#anew || step === 'words');
  }

  isLast = (step: Step) => this.#steps.at(-1) === step || this.#steps.length === 0;
  isNew = (step: Typed) => this.outcomes.some(({ credential, outcome }) => credential === step && outcome === 'new');

  async load(): Promise<void> {
    await this.task.run(async () => void (this.plan = await ipc.keyPlan()));
  }

  choose(credential: ipc.Credential, outcome: Outcome): void {
    this.chosen = { ...this.chosen, [credential]: outcome };
    this.#copyless = false;
    this.problem = null;
  }

  /** From the first screen on: first it is asked whether what would be lost may be. */
  async begin(): Promise<void> {
    this.problem = null;
    this.askingCopy = !keepsPortableCredential(this.outcomes);
    if (!this.askingCopy) await this.#goTo(this.#steps[0]);
  }

  /** The answer to that question. */
  async answerCopy(goOn: boolean): Promise<void> {
    this.askingCopy = false;
    this.#copyless = goOn;
    if (goOn) await this.#goTo(this.#steps[0]);
  }

  /** From the choice of something new, after the recovery words. */
  async beginWithNewCredential(anew: NewCredential): Promise<void> {
    this.#anew = anew;
    await this.#draft();
    if (this.step === 'plan') this.#forget();
    // The screen on which it was chosen says why not.
    if (this.task.error) throw this.task.error;
  }

  async wordsDone(confirmed: boolean): Promise<void> {
    this.wordsConfirmed = confirmed;
    await this.#goTo(this.#after('words'));
  }

  /** They are no longer in the memory of the core. */
  wordsGone = (error: ipc.CommandError) => this.#mend(error);

  async typed(step: Typed, text: string): Promise<void> {
    this.#texts[step] = text;
    this.problem = null;
    await this.#goTo(this.#after(step));
  }

  /** One screen back. The words that are there stay. */
  back(): void {
    const at = this.#steps.findIndex((step) => step === this.step);
    const before = this.step === 'working' ? this.#steps.at(-1) : this.#steps[at - 1];
    this.problem = null;
    this.#askAgain(before === undefined || this.#isSettled(before) ? 'plan' : before);
  }

  replace(): Promise<void> {
    this.#running = this.#replace();
    return this.#running;
  }

  async #replace(): Promise<void> {
    this.step = 'working';
    const ways = wantedCredentials(this.outcomes);
    const anew = (way: Typed) => (this.#anew?.credential === way ? this.#anew.text : this.#texts[way]);
    const typed = { pin: anew('pin'), passphrase: anew('passphrase'), dialog: dialogText('keys.biometricAsk') };
    await this.task.run(async () => {
      this.result = await autoPrompt.withSystemDialog(() => ipc.replaceKeys(ways, typed, this.#copyless));
    });
    if (this.result || this.unsure) {
      this.words = null;
      this.#forget();
    }
    if (this.result) await this.#finish();
    else if (this.task.error) this.#mend(this.task.error);
    // The person did not want to prove it.
    else this.back();
  }

  /** Its screens are left: nothing that was typed stays. After a lock amid it, it is said that the new words open nothing. */
  leave(): void {
    this.#forget();
    void this.#tellUnused();
  }

  async #tellUnused(): Promise<void> {
    // What is left amid a lock still sees what was before it.
    await tick();
    if (session.open) return;
    // The keys may be replaced although the answer comes after the lock.
    await this.#running?.catch(() => undefined);
    if (this.hasUnusedWords) unused.words = true;
  }

  /** Shows a screen again: what was typed there, or on a later one, is asked for once more. */
  #askAgain(step: Asked | 'plan'): void {
    this.step = step;
    // It is the last that is asked for.
    if (step === 'passphrase') this.#texts.passphrase = '';
    else this.#forget();
  }

  #forget(): void {
    this.#texts = { pin: '', passphrase: '' };
    if (this.#anew) this.#anew = { ...this.#anew, text: '' };
  }

  #isSettled = (step: Asked) => step === 'words' && this.words !== null && this.wordsConfirmed !== null;

  #after(step: Asked): Asked | undefined {
    return this.#steps[this.#steps.indexOf(step) + 1];
  }

  async #goTo(step: Asked | undefined): Promise<void> {
    if (step === undefined) await this.replace();
    else if (step !== 'words') this.step = step;
    else if (this.#isSettled('words')) await this.#goTo(this.#after('words'));
    else await this.#draft();
  }

  /** New words, unless there are some that were not dealt with yet. */
  async #draft(): Promise<void> {
    if (!this.words) await this.task.run(async () => void (this.words = await ipc.draftWords()));
    if (!this.words) return;
    if (this.#isSettled('words')) await this.#goTo(this.#after('words'));
    else this.step = 'words';
  }

  async #finish(): Promise<void> {
    this.step = 'done';
    await session.refresh();
    // A lock may have come before the answer.
    if (session.open) await entries.refresh();
  }

  #mend(error: ipc.CommandError): void {
    if (error.code === 'wordsGone') {
      this.words = null;
      this.wordsConfirmed = null;
    }
    const step = stepToCorrect(error, this.outcomes);
    // It can only be tried again: the screen that is there says so.
    if (step === null) return;
    // Said by what follows, until something else is chosen.
    this.task.error = null;
    if (error.code === 'copyUnopenable') this.askingCopy = true;
    else this.problem = error;
    // What is new was chosen on another screen.
    this.#askAgain(this.#anew ? 'plan' : step);
  }
}
