import type { CommandError, Credential, PresentWay, WantedWay } from '../ipc';

/** Why the keys of the vault are replaced. */
export type Reason =
  | 'passphrase'
  | 'removePassphrase'
  | 'firstPassphrase'
  | 'words'
  | 'removeWords'
  | 'foreign'
  | 'suspicion';

/** What becomes of a way to open the vault when its keys are replaced. */
export type Outcome =
  /** It stays, and nobody has to do anything. */
  | 'stays'
  /** It stays: it is typed once more. */
  | 'same'
  /** It stays: the system's dialog asks for it. */
  | 'dialog'
  /** Another one takes its place, or the first one is set. */
  | 'new'
  /** It is removed. */
  | 'goes'
  /** It cannot stay, whatever is wanted. */
  | 'gone';

/** A way, what becomes of it, and what else could: `outcome` is one of `choices`. */
export type CredentialOutcome = { credential: Credential; outcome: Outcome; choices: readonly Outcome[] };
export type Chosen = Partial<Record<Credential, Outcome>>;

/** What the person is asked for on a screen of its own. */
export type Asked = 'words' | 'pin' | 'passphrase';

const ORDER: readonly Credential[] = ['passphrase', 'recovery', 'pin', 'biometric', 'device'];
/** Ways that open every day by themselves: recovery words and a biometric only come on top. */
const DAILY: ReadonlySet<Credential> = new Set<Credential>(['passphrase', 'pin', 'device']);
/** Ways that open a copy of the file on another device. */
const PORTABLE: ReadonlySet<Credential> = new Set<Credential>(['passphrase', 'recovery']);

/** What can become of a way that is there, the usual first. */
function choicesOf(reason: Reason, { credential, needs }: PresentWay): readonly [Outcome, ...Outcome[]] {
  if (needs === 'gone') return ['gone'];
  switch (credential) {
    case 'passphrase':
      if (reason === 'passphrase') return ['new'];
      if (reason === 'removePassphrase') return ['goes'];
      return reason === 'suspicion' ? ['new', 'same', 'goes'] : ['same', 'new', 'goes'];
    case 'recovery':
      if (reason === 'words') return ['new'];
      return reason === 'removeWords' ? ['goes'] : ['new', 'goes'];
    case 'biometric':
      return [needs === 'dialog' ? 'dialog' : 'stays', 'goes'];
    case 'pin':
      return [needs === 'typed' ? 'same' : 'stays', 'new', 'goes'];
    case 'device':
      return reason === 'firstPassphrase' ? ['goes'] : ['stays'];
  }
}

/** Whether a way is there afterwards. */
const remains = (outcome: Outcome) => outcome !== 'goes' && outcome !== 'gone';

/** What becomes of each way, the portable ones first. */
export function outcomesOf(reason: Reason, plan: readonly PresentWay[], chosen: Chosen = {}): CredentialOutcome[] {
  const hasPassphrase = plan.some(({ credential }) => credential === 'passphrase');
  // Without one, a vault of which no everyday way can stay could not be kept at all.
  const stuck = plan.every(({ credential, needs }) => !DAILY.has(credential) || needs === 'gone');
  const isFirst = !hasPassphrase && (reason === 'firstPassphrase' || stuck);
  const possible = plan.map((way) => ({ credential: way.credential, choices: choicesOf(reason, way) }));
  const daily = possible.filter(({ credential, choices }) => DAILY.has(credential) && choices.some(remains));
  const outcomes = possible.map(({ credential, choices }): CredentialOutcome => {
    // The last everyday way has to stay, or the core refuses.
    const isLast = !isFirst && daily.length === 1 && daily[0]?.credential === credential;
    const offered: readonly Outcome[] = isLast ? choices.filter((outcome) => outcome !== 'goes') : choices;
    const wanted = chosen[credential];
    return { credential, outcome: wanted && offered.includes(wanted) ? wanted : choices[0], choices: offered };
  });
  if (isFirst) outcomes.push({ credential: 'passphrase', outcome: 'new', choices: ['new'] });
  return outcomes.sort((a, b) => ORDER.indexOf(a.credential) - ORDER.indexOf(b.credential));
}

/** What becomes of the ways after something new was chosen for what was forgotten: nothing else stays but new words. */
export const outcomesAfterRecovery = (credential: Credential): CredentialOutcome[] => [
  { credential, outcome: 'new', choices: ['new'] },
  { credential: 'recovery', outcome: 'new', choices: ['new'] },
];

/** Something is left that opens every day; without, the core refuses. */
export const keepsEverydayCredential = (outcomes: readonly CredentialOutcome[]) =>
  outcomes.some(({ credential, outcome }) => remains(outcome) && DAILY.has(credential));

/** Something is left that opens a copy on another device; without, the core asks whether that is meant. */
export const keepsPortableCredential = (outcomes: readonly CredentialOutcome[]) =>
  outcomes.some(({ credential, outcome }) => remains(outcome) && PORTABLE.has(credential));

/** The ways that are to open the vault afterwards. */
export const wantedCredentials = (outcomes: readonly CredentialOutcome[]): WantedWay[] =>
  outcomes.filter(({ outcome }) => remains(outcome)).map(({ credential, outcome }) => ({ credential, isNew: outcome === 'new' }));

/** What is asked for before, in this order. */
export function asked(outcomes: readonly CredentialOutcome[]): Asked[] {
  const isAsked = (credential: Credential) =>
    outcomes.some((way) => way.credential === credential && (way.outcome === 'new' || way.outcome === 'same'));
  const steps: [Asked, Credential][] = [
    ['words', 'recovery'],
    ['pin', 'pin'],
    ['passphrase', 'passphrase'],
  ];
  return steps.filter(([, credential]) => isAsked(credential)).map(([step]) => step);
}

/** Where what was refused can be mended; none where the same can only be tried again. */
export function stepToCorrect(
  { code, params }: Pick<CommandError, 'code' | 'params'>,
  outcomes: readonly CredentialOutcome[],
): Asked | 'plan' | null {
  const typed: readonly Asked[] = asked(outcomes).filter((step) => step !== 'words');
  const among = (step: Asked): Asked | null => (typed.includes(step) ? step : null);
  switch (code) {
    case 'wordsGone':
    case 'lastCredential':
    case 'copyUnopenable':
      return 'plan';
    case 'pinTooShort':
    case 'pinTooEasy':
      return among('pin');
    case 'passphraseTooShort':
      return among('passphrase');
    case 'credentialRejected': {
      // Only what is there already can be wrong.
      const present = typed.filter((step) => outcomes.some((way) => way.credential === step && way.outcome === 'same'));
      return present.find((step) => step === params.credential) ?? null;
    }
    default:
      return null;
  }
}
