import { expect, it, vi } from 'vitest';
import { CommandError } from '../ipc/failure';
import { Declined, reauth } from './reauth.svelte';

it('asks for a proof and runs the command again', async () => {
  const work = vi.fn<() => Promise<string>>();
  work.mockRejectedValueOnce(new CommandError('reauthRequired')).mockResolvedValueOnce('done');
  const running = reauth.run(work);
  await vi.waitFor(() => expect(reauth.asking).toBe(true));
  reauth.finish(true);
  expect(await running).toBe('done');
  expect(work).toHaveBeenCalledTimes(2);
  expect(reauth.asking).toBe(false);
});

it('does nothing when the proof is declined', async () => {
  const work = vi.fn(() => Promise.reject(new CommandError('reauthRequired')));
  const running = reauth.run(work);
  await vi.waitFor(() => expect(reauth.asking).toBe(true));
  reauth.finish(false);
  await expect(running).rejects.toBeInstanceOf(Declined);
  expect(work).toHaveBeenCalledOnce();
});

it('passes any other refusal on', async () => {
  await expect(reauth.run(() => Promise.reject(new CommandError('diskFull')))).rejects.toMatchObject({
    code: 'diskFull',
  });
  expect(reauth.asking).toBe(false);
});

it('asks once for two commands that need it at the same time, and runs both', async () => {
  const refuse = () => Promise.reject(new CommandError('reauthRequired'));
  const works = ['one', 'two'].map((said) => vi.fn(async () => said).mockImplementationOnce(refuse));
  const running = Promise.all(works.map((work) => reauth.run(work)));
  await vi.waitFor(() => expect(works[1]).toHaveBeenCalled());
  await vi.waitFor(() => expect(reauth.asking).toBe(true));
  reauth.finish(true);
  expect(await running).toEqual(['one', 'two']);
});
