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

/** The credential that the user chose after an unlock with the recovery words. */
export type NewCredential = { credential: 'pin' | 'passphrase' | 'device'; text: string };
type Step = 'plan' | Asked | 'working' | 'done';
type Typed = 'pin' | 'passphrase';

/** Replaces the keys of the vault, from the first question to the last screen. Nothing is written before the end. */
export class Replacement {
  step = $state<Step>('plan');
  /** The present credentials; null until the core has answered. */
  plan = $state.raw<readonly ipc.CurrentCredential[] | null>(null);
  chosen = $state.raw<Chosen>({});
  /** New recovery words, which the core holds in memory. */
  words = $state.raw<ipc.RecoveryWords | null>(null);
  /** Whether the user typed them back (true) or postponed that (false). */
  wordsConfirmed = $state<boolean | null>(null);
  /** Asking the user to confirm that no credential will unlock a copy on another device. */
  askingCopy = $state(false);
  /** Why the core refused, for the screen where the user can correct it. */
  problem = $state.raw<ipc.CommandError | null>(null);
  result = $state.raw<ipc.KeysReplaced | null>(null);
  readonly task = new Task();
  /** The user confirmed that no credential will unlock a copy on another device. */
  #portableNotNeeded = false;
  /** The running replacement, or the last one. */
  #running: Promise<void> | null = null;
  #texts: Record<Typed, string> = { pin: '', passphrase: '' };
  #newCredential = $state.raw<NewCredential | null>(null);

  /** Without a reason: after an unlock with the recovery words. */
  constructor(readonly reason: Reason | null) {}

  get outcomes(): CredentialOutcome[] {
    if (this.#newCredential) return outcomesAfterRecovery(this.#newCredential.credential);
    return this.reason && this.plan ? outcomesOf(this.reason, this.plan, this.chosen) : [];
  }

  /** The disk did not confirm the write: either the old keys or the new ones are valid. */
  get unsure(): boolean {
    return this.task.error?.code === 'keyReplacementUnconfirmed';
  }

  /** There are new words that unlock nothing yet. They are dropped when the keys are, or may have been, replaced. */
  get hasUnusedWords(): boolean {
    return this.words !== null;
  }

  /** The passphrase stays, so whoever knows it can unlock newer files, too. */
  get keepsPassphrase(): boolean {
    return this.outcomes.some(({ credential, outcome }) => credential === 'passphrase' && outcome === 'same');
  }

  /** The vault had recovery words before. */
  get hadWords(): boolean {
    return this.outcomes.some(({ credential }) => credential === 'recovery');
  }

  /** The screens between the first one and the replacement. */
  get #steps(): Asked[] {
    // The new credential was entered before.
    return asked(this.outcomes).filter((step) => !this.#newCredential || step === 'words');
  }

  isLast = (step: Step) => this.#steps.at(-1) === step || this.#steps.length === 0;
  isNew = (step: Typed) => this.outcomes.some(({ credential, outcome }) => credential === step && outcome === 'new');

  async load(): Promise<void> {
    await this.task.run(async () => void (this.plan = await ipc.planKeyReplacement()));
  }

  choose(credential: ipc.Credential, outcome: Outcome): void {
    this.chosen = { ...this.chosen, [credential]: outcome };
    this.#portableNotNeeded = false;
    this.problem = null;
  }

  /** Continues from the plan, and first asks for a confirmation if one is necessary. */
  async begin(): Promise<void> {
    this.problem = null;
    this.askingCopy = !keepsPortableCredential(this.outcomes);
    if (!this.askingCopy) await this.#goTo(this.#steps[0]);
  }

  /** The user's answer to that question. */
  async answerCopy(goOn: boolean): Promise<void> {
    this.askingCopy = false;
    this.#portableNotNeeded = goOn;
    if (goOn) await this.#goTo(this.#steps[0]);
  }

  /** Starts with the credential that the user chose after an unlock with the recovery words. */
  async beginWithNewCredential(credential: NewCredential): Promise<void> {
    this.#newCredential = credential;
    await this.#draft();
    if (this.step === 'plan') this.#clearTexts();
    // The screen where it was chosen shows the error.
    if (this.task.error) throw this.task.error;
  }

  async wordsDone(confirmed: boolean): Promise<void> {
    this.wordsConfirmed = confirmed;
    await this.#goTo(this.#after('words'));
  }

  /** The core no longer has the new words. */
  recoveryWordsNotFound = (error: ipc.CommandError) => this.#correct(error);

  async typed(step: Typed, text: string): Promise<void> {
    this.#texts[step] = text;
    this.problem = null;
    await this.#goTo(this.#after(step));
  }

  /** One screen back. New words are kept. */
  back(): void {
    const at = this.#steps.findIndex((step) => step === this.step);
    const before = this.step === 'working' ? this.#steps.at(-1) : this.#steps[at - 1];
    this.problem = null;
    this.#askAgain(before === undefined || this.#isDone(before) ? 'plan' : before);
  }

  replace(): Promise<void> {
    this.#running = this.#replace();
    return this.#running;
  }

  async #replace(): Promise<void> {
    this.step = 'working';
    const credentials = wantedCredentials(this.outcomes);
    const textOf = (step: Typed) => (this.#newCredential?.credential === step ? this.#newCredential.text : this.#texts[step]);
    const typed = { pin: textOf('pin'), passphrase: textOf('passphrase'), dialog: dialogText('keyReplacement.biometricAsk') };
    await this.task.run(async () => {
      this.result = await autoPrompt.withSystemDialog(() => ipc.replaceKeys(credentials, typed, this.#portableNotNeeded));
    });
    if (this.result || this.unsure) {
      this.words = null;
      this.#clearTexts();
    }
    if (this.result) await this.#finish();
    else if (this.task.error) this.#correct(this.task.error);
    // The user declined to prove who they are.
    else this.back();
  }

  /** Call when the screens are left: clears what was typed. After a lock, the user is told that new words unlock nothing. */
  leave(): void {
    this.#clearTexts();
    void this.#tellUnused();
  }

  async #tellUnused(): Promise<void> {
    // During a lock, the session still has its old state until the next tick.
    await tick();
    if (session.open) return;
    // The replacement may succeed although its answer comes after the lock.
    await this.#running?.catch(() => undefined);
    if (this.hasUnusedWords) unused.words = true;
  }

  /** Shows a screen again, and clears what was typed there or on a later one. */
  #askAgain(step: Asked | 'plan'): void {
    this.step = step;
    // The passphrase is the last step, so only its text is cleared.
    if (step === 'passphrase') this.#texts.passphrase = '';
    else this.#clearTexts();
  }

  #clearTexts(): void {
    this.#texts = { pin: '', passphrase: '' };
    if (this.#newCredential) this.#newCredential = { ...this.#newCredential, text: '' };
  }

  #isDone = (step: Asked) => step === 'words' && this.words !== null && this.wordsConfirmed !== null;

  #after(step: Asked): Asked | undefined {
    return this.#steps[this.#steps.indexOf(step) + 1];
  }

  async #goTo(step: Asked | undefined): Promise<void> {
    if (step === undefined) await this.replace();
    else if (step !== 'words') this.step = step;
    else if (this.#isDone('words')) await this.#goTo(this.#after('words'));
    else await this.#draft();
  }

  /** Creates new words, unless there are some already. */
  async #draft(): Promise<void> {
    if (!this.words) await this.task.run(async () => void (this.words = await ipc.draftRecoveryWords()));
    if (!this.words) return;
    if (this.#isDone('words')) await this.#goTo(this.#after('words'));
    else this.step = 'words';
  }

  async #finish(): Promise<void> {
    this.step = 'done';
    await session.refresh();
    // The vault may have been locked before the answer.
    if (session.open) await entries.refresh();
  }

  #correct(error: ipc.CommandError): void {
    if (error.code === 'recoveryWordsNotFound') {
      this.words = null;
      this.wordsConfirmed = null;
    }
    const step = stepToCorrect(error, this.outcomes);
    // It can only be tried again: the present screen shows the error.
    if (step === null) return;
    // The screen that follows shows the error.
    this.task.error = null;
    if (error.code === 'noPortableCredential') this.askingCopy = true;
    else this.problem = error;
    // The new credential was entered on another screen.
    this.#askAgain(this.#newCredential ? 'plan' : step);
  }
}
