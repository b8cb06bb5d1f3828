import { beforeEach, expect, it, vi } from 'vitest';
import { NewSecretsChecklist } from './new-secrets-checklist.svelte';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke, Channel: class {} }));

let kept: { id: string; issuer: string; account: string; done: boolean }[];

beforeEach(() => {
  kept = [];
  invoke.mockReset();
  invoke.mockImplementation(async (command: string, args: { id: string; done: boolean; wanted: boolean }) => {
    if (command === 'new_secrets_checklist') return kept;
    if (command === 'set_new_secrets_checklist') kept = args.wanted ? ['a', 'b'].map((id) => ({ id, issuer: id, account: '', done: false })) : [];
    if (command === 'tick_new_secret') kept = kept.map((one) => (one.id === args.id ? { ...one, done: args.done } : one));
    return null;
  });
});

it('lists, ticks off, takes back, and ends', async () => {
  const list = new NewSecretsChecklist();
  await list.begin();
  expect([list.loaded, list.left]).toEqual([true, 2]);
  await list.tick('a', true);
  expect(list.left).toBe(1);
  await list.tick('a', false);
  expect(list.left).toBe(2);
  await list.end();
  expect(list.list).toEqual([]);
  expect(kept).toEqual([]);
});

it('shows no tick that the core refused', async () => {
  const list = new NewSecretsChecklist();
  await list.begin();
  invoke.mockRejectedValueOnce({ code: 'diskFull', params: {} });
  await expect(list.tick('a', true)).rejects.toMatchObject({ code: 'diskFull' });
  expect(list.left).toBe(2);
});

it('is empty if the core fails', async () => {
  invoke.mockRejectedValueOnce({ code: 'locked', params: {} });
  const list = new NewSecretsChecklist();
  await list.load();
  expect([list.loaded, list.left]).toEqual([true, 0]);
});
