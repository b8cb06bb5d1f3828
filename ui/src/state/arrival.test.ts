import { expect, it } from 'vitest';
import { Arrival } from './arrival.svelte';

it('lasts until something is touched', () => {
  const arrival = new Arrival();
  expect(arrival.fresh).toBe(false);
  arrival.come(true);
  expect(arrival.fresh).toBe(true);
  arrival.settle();
  expect(arrival.fresh).toBe(false);
});

it('is none where the app is still open', () => {
  const arrival = new Arrival();
  arrival.come(false);
  expect(arrival.fresh).toBe(false);
});

it('is no coming back from a dialog that was asked for here', async () => {
  const arrival = new Arrival();
  let answer = () => {};
  const asking = arrival.during(() => new Promise<void>((resolve) => (answer = resolve)));
  arrival.leave();
  answer();
  await asking;
  arrival.come(true);
  expect(arrival.fresh).toBe(false);
  arrival.leave();
  arrival.come(true);
  expect(arrival.fresh).toBe(true);
});
