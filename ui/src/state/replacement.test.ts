// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import type { Credential, ErrorCode, Needs, Status } from '../ipc';
import { proof } from './proof.svelte';
import { Replacement } from './replacement.svelte';
import { session } from './session.svelte';
import { unused } from './unused-words.svelte';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke, Channel: class {} }));

type Call = { ways: { credential: Credential; isNew: boolean }[]; passphrase: string; pin: string; confirmed: boolean };
const WORDS = { words: Array.from({ length: 12 }, (_, at) => `w${at}`), ask: [1, 2, 3] };
let plan: { credential: Credential; needs: Needs }[];
/** What the next replacements are refused with. */
let refusals: { code: ErrorCode; params?: object }[];
let sent: Call[];
let drafted: number;
let open: boolean;

beforeEach(() => {
  plan = [
    { credential: 'passphrase', needs: 'typed' },
    { credential: 'recovery', needs: 'newWords' },
  ];
  [refusals, sent, drafted, open] = [[], [], 0, true];
  unused.words = false;
  invoke.mockImplementation(async (command: string, args: Call) => {
    if (command === 'key_plan') return plan;
    if (command === 'draft_words') {
      drafted += 1;
      return WORDS;
    }
    if (command === 'replace_keys') {
      sent.push(args);
      const refused = refusals.shift();
      if (refused) throw { params: {}, ...refused };
      return { lost: [], finished: true };
    }
    if (command === 'status') return { phase: open ? 'unlocked' : 'locked' } as Status;
    throw { code: 'internal', params: {} };
  });
});

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
  refusals = [{ code: 'credentialRejected' }];
  await keys.typed('passphrase', 'wrong');
  expect(keys.step).toBe('passphrase');
  expect(keys.problem).toMatchObject({ code: 'credentialRejected', params: { credential: 'passphrase' } });
  await keys.typed('passphrase', 'right');
  expect(keys.step).toBe('done');
  expect(keys.problem).toBeNull();
  expect(drafted).toBe(1);
});

it('stays where it is when it can only be tried again, with all that was typed', async () => {
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

it('says that words are gone, and makes others', async () => {
  const keys = await begun('words');
  await keys.begin();
  await keys.wordsDone(true);
  refusals = [{ code: 'draftGone' }];
  await keys.typed('passphrase', 'right');
  expect(keys.step).toBe('plan');
  expect(keys.problem).toMatchObject({ code: 'draftGone' });
  await keys.begin();
  expect(keys.step).toBe('words');
  expect(drafted).toBe(2);
});

it('says first that no copy would open elsewhere', async () => {
  plan = [
    { credential: 'pin', needs: 'nothing' },
    { credential: 'recovery', needs: 'newWords' },
  ];
  const keys = await begun('removeWords');
  await keys.begin();
  expect(keys.step).toBe('plan');
  expect(keys.copyWarned).toBe(true);
  expect(sent).toEqual([]);
  await keys.begin();
  expect(keys.step).toBe('done');
  expect(sent).toMatchObject([{ ways: [{ credential: 'pin', isNew: false }], confirmed: true }]);
});

it('goes one step back where no proof is given', async () => {
  const keys = await begun('passphrase');
  await keys.begin();
  await keys.wordsDone(true);
  refusals = [{ code: 'reauthRequired' }];
  const sending = keys.typed('passphrase', 'a new one');
  await vi.waitFor(() => expect(proof.asking).toBe(true));
  proof.settle(false);
  await sending;
  expect(keys.step).toBe('passphrase');
  expect(keys.hasUnusedWords).toBe(true);
});

it('after the recovery words, sends what was chosen with new words alone', async () => {
  const keys = await begun(null);
  await keys.beginAnew({ credential: 'pin', text: '314159' });
  expect(keys.step).toBe('words');
  refusals = [{ code: 'pinTooEasy' }];
  await keys.wordsDone(true);
  expect(keys.step).toBe('plan');
  expect(keys.problem).toMatchObject({ code: 'pinTooEasy' });
  await keys.beginAnew({ credential: 'pin', text: '271828' });
  expect(keys.step).toBe('done');
  expect(sent[1]).toMatchObject({
    ways: [
      { credential: 'pin', isNew: true },
      { credential: 'recovery', isNew: true },
    ],
    pin: '271828',
    passphrase: '',
  });
  expect(keys.fates.map(({ credential }) => credential)).toEqual(['pin', 'recovery']);
});

it('tells of words that a lock made useless, and of no others', async () => {
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
