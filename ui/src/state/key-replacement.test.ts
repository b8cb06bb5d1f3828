import { describe, expect, it } from 'vitest';
import type { Credential, ErrorCode, KeepRequirement, CurrentCredential } from '../ipc';
import {
  asked,
  outcomesAfterRecovery,
  outcomesOf,
  stepToCorrect,
  keepsEverydayCredential,
  keepsPortableCredential,
  wantedCredentials,
  type Chosen,
  type Outcome,
  type Reason,
} from './key-replacement';

const USUAL: Record<Credential, KeepRequirement> = {
  passphrase: 'typing',
  pin: 'nothing',
  device: 'nothing',
  biometric: 'dialog',
  recovery: 'newWords',
};
const plan = (...credentials: (Credential | [Credential, KeepRequirement])[]): CurrentCredential[] =>
  credentials.map((way) => (typeof way === 'string' ? { credential: way, toKeep: USUAL[way] } : { credential: way[0], toKeep: way[1] }));
const outcomes = (reason: Reason, ways: CurrentCredential[], chosen?: Chosen) =>
  Object.fromEntries(outcomesOf(reason, ways, chosen).map(({ credential, outcome }) => [credential, outcome]));
const ALL = plan('biometric', 'pin', 'passphrase', 'recovery');

describe('the outcome of each credential', () => {
  it.each<[Reason, Partial<Record<Credential, Outcome>>]>([
    ['passphrase', { passphrase: 'new', recovery: 'new', pin: 'stays', biometric: 'dialog' }],
    ['removePassphrase', { passphrase: 'goes', recovery: 'new', pin: 'stays', biometric: 'dialog' }],
    ['words', { passphrase: 'same', recovery: 'new', pin: 'stays', biometric: 'dialog' }],
    ['removeWords', { passphrase: 'same', recovery: 'goes', pin: 'stays', biometric: 'dialog' }],
    ['foreign', { passphrase: 'same', recovery: 'new', pin: 'stays', biometric: 'dialog' }],
    ['suspicion', { passphrase: 'new', recovery: 'new', pin: 'stays', biometric: 'dialog' }],
  ])('%s', (reason, expected) => {
    expect(outcomes(reason, ALL)).toEqual(expected);
  });

  it('a first passphrase takes the place of "no code"', () => {
    expect(outcomes('firstPassphrase', plan('device', 'recovery'))).toEqual({ passphrase: 'new', recovery: 'new', device: 'goes' });
  });

  it('portable credentials come first', () => {
    expect(outcomesOf('suspicion', ALL).map(({ credential }) => credential)).toEqual(['passphrase', 'recovery', 'pin', 'biometric']);
  });

  it('is what the user chose, if that is possible', () => {
    const chosen: Chosen = { passphrase: 'same', recovery: 'goes', biometric: 'goes' };
    expect(outcomes('suspicion', ALL, chosen)).toMatchObject(chosen);
    // The outcome that is the reason cannot be changed.
    expect(outcomes('passphrase', ALL, { passphrase: 'same' })).toMatchObject({ passphrase: 'new' });
    expect(outcomes('words', ALL, { recovery: 'goes' })).toMatchObject({ recovery: 'new' });
    expect(outcomes('words', ALL, { biometric: 'new' })).toMatchObject({ biometric: 'dialog' });
  });

  const choices = (reason: Reason, credential: Credential, ways: CurrentCredential[]) =>
    outcomesOf(reason, ways).find((way) => way.credential === credential)?.choices;

  it.each<[KeepRequirement, Outcome]>([
    ['nothing', 'stays'],
    ['typing', 'same'],
  ])('an access code (%s) can stay, be replaced, or be left out', (toKeep, stays) => {
    expect(choices('words', 'pin', plan('passphrase', 'recovery', ['pin', toKeep]))).toEqual([stays, 'new', 'goes']);
  });

  it('the last everyday credential cannot be removed', () => {
    expect(choices('words', 'pin', plan('pin', 'recovery'))).toEqual(['stays', 'new']);
    expect(choices('removePassphrase', 'pin', ALL)).toEqual(['stays', 'new']);
    expect(choices('words', 'passphrase', plan('passphrase', 'recovery', ['pin', 'impossible']))).toEqual(['same', 'new']);
    expect(choices('firstPassphrase', 'pin', plan('pin', 'device'))).toEqual(['stays', 'new', 'goes']);
  });

  it('what cannot stay is removed, and a passphrase is set if no everyday credential is left', () => {
    expect(outcomes('foreign', plan('passphrase', ['pin', 'impossible']))).toEqual({ passphrase: 'same', pin: 'gone' });
    expect(outcomes('foreign', plan(['pin', 'impossible'], 'recovery'))).toEqual({ passphrase: 'new', pin: 'gone', recovery: 'new' });
    expect(outcomes('words', plan(['device', 'impossible'], 'recovery'))).toMatchObject({ passphrase: 'new' });
  });
});

describe('what is left', () => {
  it('opens every day, or nothing is replaced', () => {
    expect(keepsEverydayCredential(outcomesOf('removePassphrase', plan('passphrase', 'recovery')))).toBe(false);
    expect(keepsEverydayCredential(outcomesOf('removePassphrase', plan('passphrase', 'recovery', 'pin')))).toBe(true);
    expect(keepsEverydayCredential(outcomesOf('words', ALL, { passphrase: 'goes', pin: 'goes' }))).toBe(false);
  });

  it('opens a copy elsewhere, or that is said first', () => {
    expect(keepsPortableCredential(outcomesOf('removeWords', plan('pin', 'recovery')))).toBe(false);
    expect(keepsPortableCredential(outcomesOf('removeWords', plan('passphrase', 'recovery')))).toBe(true);
    expect(keepsPortableCredential(outcomesOf('removePassphrase', plan('pin', 'passphrase', 'recovery')))).toBe(true);
    expect(keepsPortableCredential(outcomesOf('suspicion', plan('pin')))).toBe(false);
  });

  it('is told to the core, and nothing else', () => {
    expect(wantedCredentials(outcomesOf('passphrase', ALL, { biometric: 'goes' }))).toEqual([
      { credential: 'passphrase', isNew: true },
      { credential: 'recovery', isNew: true },
      { credential: 'pin', isNew: false },
    ]);
    expect(wantedCredentials(outcomesOf('foreign', plan('passphrase', ['pin', 'impossible'])))).toEqual([{ credential: 'passphrase', isNew: false }]);
    expect(wantedCredentials(outcomesAfterRecovery('device'))).toEqual([
      { credential: 'device', isNew: true },
      { credential: 'recovery', isNew: true },
    ]);
  });
});

describe('what is asked for', () => {
  it.each<[Reason, CurrentCredential[], Chosen, string[]]>([
    ['passphrase', ALL, {}, ['words', 'passphrase']],
    ['words', plan('passphrase', 'recovery', ['pin', 'typing']), {}, ['words', 'pin', 'passphrase']],
    ['removeWords', plan('pin', 'recovery'), {}, []],
    ['removeWords', ALL, {}, ['passphrase']],
    ['removePassphrase', ALL, {}, ['words']],
    ['suspicion', ALL, { recovery: 'goes' }, ['passphrase']],
    ['suspicion', plan('device'), {}, []],
  ])('%s', (reason, ways, chosen, steps) => {
    expect(asked(outcomesOf(reason, ways, chosen))).toEqual(steps);
  });
});

describe('a refusal', () => {
  const both = outcomesOf('words', plan('passphrase', 'recovery', ['pin', 'typing']));
  const at = (code: ErrorCode, of = both, params = {}) => stepToCorrect({ code, params }, of);

  it('is corrected where it was typed', () => {
    expect(at('credentialRejected', both, { credential: 'pin' })).toBe('pin');
    expect(at('credentialRejected', both, { credential: 'passphrase' })).toBe('passphrase');
    // A new one cannot be wrong.
    const fresh = outcomesOf('passphrase', plan('passphrase', ['pin', 'typing']));
    expect(at('credentialRejected', fresh, { credential: 'passphrase' })).toBeNull();
    expect(at('pinTooWeak')).toBe('pin');
    expect(at('passphraseTooShort')).toBe('passphrase');
  });

  it('is corrected on the first screen if it is about the choice', () => {
    for (const code of ['recoveryWordsNotFound', 'lastCredential', 'noPortableCredential'] as const) expect(at(code)).toBe('plan');
  });

  it('can only be tried again if the user typed nothing wrong', () => {
    for (const code of ['diskFull', 'vaultComparing', 'rateLimited', 'internal', 'keyReplacementUnconfirmed', 'credentialRejected'] as const) expect(at(code)).toBeNull();
    expect(at('pinTooWeak', outcomesOf('words', plan('passphrase', 'recovery')))).toBeNull();
  });
});
