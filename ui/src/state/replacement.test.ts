// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { CommandError } from '../ipc';
import type { Credential, ErrorCode, KeepRequirement, Status } from '../ipc';
import { reauth } from './reauth.svelte';
import { Replacement } from './replacement.svelte';
import { session } from './session.svelte';
import { unused } from './unused-words.svelte';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke, Channel: class {} }));

type Call = { ways: { credential: Credential; isNew: boolean }[]; passphrase: string; pin: string; confirmed: boolean };
const WORDS = { words: Array.from({ length: 12 }, (_, at) => `w${at}`), ask: [1, 2, 3] };
let plan: { credential: Credential; toKeep: KeepRequirement }[];
/** The errors of the next replacements. */
let refusals: { code: ErrorCode; params?: object }[];
let sent: Call[];
let drafted: number;
/** The error of new words. */
let drafting: { code: ErrorCode } | undefined;
let open: boolean;
/** The core answers a replacement after this. */
let replacing: Promise<void> | undefined;

/** Waits until all pending promises are done. */
const pendingDone = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  plan = [
    { credential: 'passphrase', toKeep: 'typing' },
    { credential: 'recovery', toKeep: 'newWords' },
  ];
  [refusals, sent, drafted, open] = [[], [], 0, true];
  unused.words = false;
  replacing = drafting = undefined;
  invoke.mockImplementation(async (command: string, args: Call) => {
    if (command === 'plan_key_replacement') return plan;
    if (command === 'draft_recovery_words') {
      if (drafting) throw { params: {}, ...drafting };
      drafted += 1;
      return WORDS;
    }
    if (command === 'replace_keys') {
      sent.push(args);
      const refused = refusals.shift();
      await replacing;
      if (refused) throw { params: {}, ...refused };
      return { lost: [], finished: true };
    }
    if (command === 'status') return { phase: open ? 'unlocked' : 'locked' } as Status;
    throw { code: 'internal', params: {} };
  });
});

/** Enters everything, and the core answers with this error. */
async function refuse(keys: Replacement, refusal: (typeof refusals)[number]): Promise<void> {
  refusals = [refusal];
  await keys.typed('passphrase', 'typed');
}

async function begun(reason: ConstructorParameters<typeof Replacement>[0]): Promise<Replacement> {
  const replacement = new Replacement(reason);
  await replacement.load();
  await session.refresh();
  return replacement;
}

it('asks for new words, then for what is typed, and sends all of it at once', async () => {
  const keys = await begun('passphrase');
  await keys.begin();
  expect(keys.step).toBe('words');
  await keys.wordsDone(true);
  expect(keys.step).toBe('passphrase');
  expect(keys.isNew('passphrase')).toBe(true);
  expect(keys.isLast('passphrase')).toBe(true);
  expect(sent).toEqual([]);
  await keys.typed('passphrase', 'a new one');
  expect(keys.step).toBe('done');
  expect(sent).toMatchObject([{ passphrase: 'a new one', pin: '', confirmed: false }]);
});

it('keeps new words over a step back, and does not ask for them twice', async () => {
  const keys = await begun('passphrase');
  await keys.begin();
  keys.back();
  expect(keys.step).toBe('plan');
  expect(keys.hasUnusedWords).toBe(true);
  await keys.begin();
  expect(keys.step).toBe('words');
  await keys.wordsDone(false);
  keys.back();
  expect(keys.step).toBe('plan');
  await keys.begin();
  expect(keys.step).toBe('passphrase');
  expect(drafted).toBe(1);
});

it('goes back to what was wrong, with the words', async () => {
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  refusals = [{ code: 'credentialRejected', params: { credential: 'passphrase' } }];
  await keys.typed('passphrase', 'wrong');
  expect(keys.step).toBe('passphrase');
  expect(keys.problem).toMatchObject({ code: 'credentialRejected', params: { credential: 'passphrase' } });
  await keys.typed('passphrase', 'right');
  expect(keys.step).toBe('done');
  expect(keys.problem).toBeNull();
  expect(drafted).toBe(1);
});

/** The last request, after a retry without further input. */
async function sentAgain(keys: Replacement): Promise<Call | undefined> {
  await keys.replace();
  return sent.at(-1);
}

it('asks again for what was wrong alone', async () => {
  plan.push({ credential: 'pin', toKeep: 'typing' });
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  await keys.typed('pin', '314159');
  refusals = [{ code: 'credentialRejected', params: { credential: 'passphrase' } }];
  await keys.typed('passphrase', 'wrong');
  await keys.typed('passphrase', 'right');
  expect(sent[1]).toMatchObject({ pin: '314159', passphrase: 'right' });
});

it.each<[string, (keys: Replacement) => Promise<unknown>, object]>([
  ['the keys were replaced', (keys) => keys.typed('passphrase', 'right'), { pin: '', passphrase: '' }],
  ['nobody knows which keys hold', (keys) => refuse(keys, { code: 'keyReplacementUnconfirmed' }), { pin: '', passphrase: '' }],
  ['the words are gone', (keys) => refuse(keys, { code: 'recoveryWordsNotFound' }), { pin: '', passphrase: '' }],
  ['it is asked for again', (keys) => refuse(keys, { code: 'credentialRejected', params: { credential: 'passphrase' } }), { pin: '314159', passphrase: '' }],
  ['the one before is asked for again', async (keys) => keys.back(), { pin: '', passphrase: '' }],
  ['the first screen is back', async (keys) => [keys.back(), keys.back()], { pin: '', passphrase: '' }],
  ['its screens are left', async (keys) => keys.leave(), { pin: '', passphrase: '' }],
])('clears what was typed once %s', async (_, then, left) => {
  plan.push({ credential: 'pin', toKeep: 'typing' });
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  await keys.typed('pin', '314159');
  await then(keys);
  expect(await sentAgain(keys)).toMatchObject(left);
});

it('drops new words once they unlock the vault', async () => {
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  await keys.typed('passphrase', 'right');
  expect([keys.step, keys.words, keys.hasUnusedWords]).toEqual(['done', null, false]);
});

it('clears the credential chosen after the recovery words if no new words are made', async () => {
  const keys = await begun(null);
  drafting = { code: 'diskFull' };
  await expect(keys.beginWithNewCredential({ credential: 'pin', text: '314159' })).rejects.toMatchObject({ code: 'diskFull' });
  expect(await sentAgain(keys)).toMatchObject({ pin: '' });
});

it('keeps the screen and the input when the user can only try again', async () => {
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  refusals = [{ code: 'diskFull' }];
  await keys.typed('passphrase', 'right');
  expect(keys.step).toBe('working');
  expect(keys.task.error).toMatchObject({ code: 'diskFull' });
  await keys.replace();
  expect(keys.step).toBe('done');
  expect(sent[1]).toMatchObject({ passphrase: 'right' });
});

it('reports that the core has lost the words, and makes new ones', async () => {
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  refusals = [{ code: 'recoveryWordsNotFound' }];
  await keys.typed('passphrase', 'right');
  expect(keys.step).toBe('plan');
  expect(keys.problem).toMatchObject({ code: 'recoveryWordsNotFound' });
  keys.choose('passphrase', 'new');
  expect([keys.problem, keys.task.error]).toEqual([null, null]);
  await keys.begin();
  expect(keys.step).toBe('words');
  expect(drafted).toBe(2);
});

it('makes new words if the core has lost confirmed ones', async () => {
  const keys = await begun('words');
  await keys.begin();
  keys.recoveryWordsNotFound(new CommandError('recoveryWordsNotFound'));
  expect([keys.step, keys.problem?.code, keys.hasUnusedWords]).toEqual(['plan', 'recoveryWordsNotFound', false]);
  await keys.begin();
  expect([keys.step, drafted]).toEqual(['words', 2]);
});

it('calls neither the old nor the new words useless if the disk confirmed nothing', async () => {
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  refusals = [{ code: 'keyReplacementUnconfirmed' }];
  await keys.typed('passphrase', 'right');
  expect([keys.step, keys.unsure, keys.hasUnusedWords]).toEqual(['working', true, false]);
  open = false;
  await session.refresh();
  keys.leave();
  await pendingDone();
  expect(unused.words).toBe(false);
});

it('asks for a confirmation if no credential would unlock a copy elsewhere', async () => {
  plan = [
    { credential: 'pin', toKeep: 'nothing' },
    { credential: 'recovery', toKeep: 'newWords' },
  ];
  const keys = await begun('removeWords');
  await keys.begin();
  expect(keys.step).toBe('plan');
  expect(keys.askingCopy).toBe(true);
  await keys.answerCopy(false);
  expect([keys.step, keys.askingCopy]).toEqual(['plan', false]);
  await keys.begin();
  expect(keys.askingCopy).toBe(true);
  expect(sent).toEqual([]);
  await keys.answerCopy(true);
  expect(keys.step).toBe('done');
  expect(sent).toMatchObject([{ credentials: [{ credential: 'pin', isNew: false }], confirmed: true }]);
});

it('asks for it also if only the core knows', async () => {
  const keys = await begun('removePassphrase');
  await keys.begin();
  refusals = [{ code: 'noPortableCredential' }];
  await keys.wordsDone(true);
  expect([keys.step, keys.askingCopy, keys.problem, keys.task.error]).toEqual(['plan', true, null, null]);
  await keys.answerCopy(true);
  expect(keys.step).toBe('done');
  expect(sent[1]).toMatchObject({ confirmed: true });
});

it('goes one step back if the user declines the proof', async () => {
  const keys = await begun('passphrase');
  await keys.begin();
  await keys.wordsDone(true);
  refusals = [{ code: 'reauthRequired' }];
  const sending = keys.typed('passphrase', 'a new one');
  await vi.waitFor(() => expect(reauth.asking).toBe(true));
  reauth.finish(false);
  await sending;
  expect(keys.step).toBe('passphrase');
  expect(keys.hasUnusedWords).toBe(true);
});

it('after the recovery words, sends only the new credential and new words', async () => {
  const keys = await begun(null);
  await keys.beginWithNewCredential({ credential: 'pin', text: '314159' });
  expect(keys.step).toBe('words');
  refusals = [{ code: 'pinTooWeak' }];
  await keys.wordsDone(true);
  expect(keys.step).toBe('plan');
  expect(keys.problem).toMatchObject({ code: 'pinTooWeak' });
  await keys.beginWithNewCredential({ credential: 'pin', text: '271828' });
  expect(keys.step).toBe('done');
  expect(sent[1]).toMatchObject({
    credentials: [
      { credential: 'pin', isNew: true },
      { credential: 'recovery', isNew: true },
    ],
    pin: '271828',
    passphrase: '',
  });
  expect(keys.outcomes.map(({ credential }) => credential)).toEqual(['pin', 'recovery']);
});

it.each([
  ['after the keys were replaced', true],
  ['before', false],
])('after a lock during the replacement, reports unused words by its answer: it came %s', async (_, replaced) => {
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  let answer = () => {};
  replacing = new Promise((resolve) => (answer = resolve));
  if (!replaced) refusals = [{ code: 'locked' }];
  const running = keys.typed('passphrase', 'right');
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  open = false;
  await session.refresh();
  keys.leave();
  await pendingDone();
  expect(unused.words).toBe(false);
  answer();
  await running;
  await vi.waitFor(() => expect(unused.words).toBe(!replaced));
  await pendingDone();
  expect(unused.words).toBe(!replaced);
});

it('reports words that a lock made useless, and no others', async () => {
  const done = await begun('words');
  await done.begin();
  await done.wordsDone(true);
  await done.typed('passphrase', 'right');
  const left = await begun('words');
  await left.begin();
  left.leave();
  await vi.waitFor(() => expect(left.hasUnusedWords).toBe(true));
  expect(unused.words).toBe(false);
  open = false;
  await session.refresh();
  done.leave();
  left.leave();
  await vi.waitFor(() => expect(unused.words).toBe(true));
});
