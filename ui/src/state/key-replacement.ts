import type { CommandError, Credential, CurrentCredential, WantedCredential } from '../ipc';

/** Why the keys of the vault are replaced. */
export type Reason =
  | 'passphrase'
  | 'removePassphrase'
  | 'firstPassphrase'
  | 'words'
  | 'removeWords'
  | 'foreign'
  | 'suspicion';

/** What happens to a credential when the keys of the vault are replaced. */
export type Outcome =
  /** It stays, and the user does nothing. */
  | 'stays'
  /** It stays: the user types it again. */
  | 'same'
  /** It stays: the system's dialog asks for it. */
  | 'dialog'
  /** A new one replaces it, or the first one is set. */
  | 'new'
  /** It is removed. */
  | 'goes'
  /** It cannot stay. */
  | 'gone';

/** A credential and what happens to it: `outcome` is one of `choices`. */
export type CredentialOutcome = { credential: Credential; outcome: Outcome; choices: readonly Outcome[] };
export type Chosen = Partial<Record<Credential, Outcome>>;

/** What the user enters on a screen of its own. */
export type Asked = 'words' | 'pin' | 'passphrase';

const ORDER: readonly Credential[] = ['passphrase', 'recovery', 'pin', 'biometric', 'device'];
/** Credentials for everyday use. Recovery words and a biometric come in addition to one of them. */
const DAILY: ReadonlySet<Credential> = new Set<Credential>(['passphrase', 'pin', 'device']);
/** Credentials that unlock a copy of the file on another device. */
const PORTABLE: ReadonlySet<Credential> = new Set<Credential>(['passphrase', 'recovery']);

/** The possible outcomes of a present credential, the default first. */
function choicesOf(reason: Reason, { credential, toKeep }: CurrentCredential): readonly [Outcome, ...Outcome[]] {
  if (toKeep === 'impossible') return ['gone'];
  switch (credential) {
    case 'passphrase':
      if (reason === 'passphrase') return ['new'];
      if (reason === 'removePassphrase') return ['goes'];
      return reason === 'suspicion' ? ['new', 'same', 'goes'] : ['same', 'new', 'goes'];
    case 'recovery':
      if (reason === 'words') return ['new'];
      return reason === 'removeWords' ? ['goes'] : ['new', 'goes'];
    case 'biometric':
      return [toKeep === 'dialog' ? 'dialog' : 'stays', 'goes'];
    case 'pin':
      return [toKeep === 'typing' ? 'same' : 'stays', 'new', 'goes'];
    case 'device':
      return reason === 'firstPassphrase' ? ['goes'] : ['stays'];
  }
}

/** Whether the credential unlocks the vault afterwards. */
const remains = (outcome: Outcome) => outcome !== 'goes' && outcome !== 'gone';

/** The outcome of each credential, the portable ones first. */
export function outcomesOf(reason: Reason, plan: readonly CurrentCredential[], chosen: Chosen = {}): CredentialOutcome[] {
  const hasPassphrase = plan.some(({ credential }) => credential === 'passphrase');
  // If no everyday credential can stay, a passphrase is set: without one the core would refuse.
  const stuck = plan.every(({ credential, toKeep }) => !DAILY.has(credential) || toKeep === 'impossible');
  const isFirst = !hasPassphrase && (reason === 'firstPassphrase' || stuck);
  const possible = plan.map((present) => ({ credential: present.credential, choices: choicesOf(reason, present) }));
  const daily = possible.filter(({ credential, choices }) => DAILY.has(credential) && choices.some(remains));
  const outcomes = possible.map(({ credential, choices }): CredentialOutcome => {
    // The last everyday credential has to stay, or the core refuses.
    const isLast = !isFirst && daily.length === 1 && daily[0]?.credential === credential;
    const offered: readonly Outcome[] = isLast ? choices.filter((outcome) => outcome !== 'goes') : choices;
    const wanted = chosen[credential];
    return { credential, outcome: wanted && offered.includes(wanted) ? wanted : choices[0], choices: offered };
  });
  if (isFirst) outcomes.push({ credential: 'passphrase', outcome: 'new', choices: ['new'] });
  return outcomes.sort((a, b) => ORDER.indexOf(a.credential) - ORDER.indexOf(b.credential));
}

/** The outcomes after an unlock with the recovery words: the new credential and new words, and nothing else. */
export const outcomesAfterRecovery = (credential: Credential): CredentialOutcome[] => [
  { credential, outcome: 'new', choices: ['new'] },
  { credential: 'recovery', outcome: 'new', choices: ['new'] },
];

/** Whether an everyday credential is left; without one the core refuses. */
export const keepsEverydayCredential = (outcomes: readonly CredentialOutcome[]) =>
  outcomes.some(({ credential, outcome }) => remains(outcome) && DAILY.has(credential));

/** Whether a credential is left that unlocks a copy on another device; without one the core asks for a confirmation. */
export const keepsPortableCredential = (outcomes: readonly CredentialOutcome[]) =>
  outcomes.some(({ credential, outcome }) => remains(outcome) && PORTABLE.has(credential));

/** The credentials that unlock the vault afterwards. */
export const wantedCredentials = (outcomes: readonly CredentialOutcome[]): WantedCredential[] =>
  outcomes.filter(({ outcome }) => remains(outcome)).map(({ credential, outcome }) => ({ credential, isNew: outcome === 'new' }));

/** What the user enters before the replacement, in this order. */
export function asked(outcomes: readonly CredentialOutcome[]): Asked[] {
  const isAsked = (credential: Credential) =>
    outcomes.some((one) => one.credential === credential && (one.outcome === 'new' || one.outcome === 'same'));
  const steps: [Asked, Credential][] = [
    ['words', 'recovery'],
    ['pin', 'pin'],
    ['passphrase', 'passphrase'],
  ];
  return steps.filter(([, credential]) => isAsked(credential)).map(([step]) => step);
}

/** The step where the user can correct what the core refused; null if the same can only be tried again. */
export function stepToCorrect(
  { code, params }: Pick<CommandError, 'code' | 'params'>,
  outcomes: readonly CredentialOutcome[],
): Asked | 'plan' | null {
  const typed: readonly Asked[] = asked(outcomes).filter((step) => step !== 'words');
  const ifAsked = (step: Asked): Asked | null => (typed.includes(step) ? step : null);
  switch (code) {
    case 'recoveryWordsNotFound':
    case 'lastCredential':
    case 'noPortableCredential':
      return 'plan';
    case 'pinTooShort':
    case 'pinTooWeak':
      return ifAsked('pin');
    case 'passphraseTooShort':
      return ifAsked('passphrase');
    case 'credentialRejected': {
      // Only a present credential can be wrong.
      const present = typed.filter((step) => outcomes.some((one) => one.credential === step && one.outcome === 'same'));
      return present.find((step) => step === params.credential) ?? null;
    }
    default:
      return null;
  }
}
