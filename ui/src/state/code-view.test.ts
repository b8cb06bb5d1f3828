import { describe, expect, it } from 'vitest';
import type { RevealedCode } from '../ipc';
import { codeView, received } from './code-view';

const START = 1_700_000_010_000;
const timed = (nowMs: number): RevealedCode => ({
  id: 'a',
  code: '855319',
  codeRef: { by: 'time', validFromMs: START },
  validFromMs: START,
  validUntilMs: START + 30_000,
  next: '918240',
  nowMs,
});
const at = (sinceStart: number) => codeView(received(timed(START), START), START + sinceStart);

describe('a time-based code', () => {
  it('counts down whole seconds and empties its ring', () => {
    expect(at(0)).toMatchObject({ code: '855319', seconds: 30, fraction: 1, soon: false, stale: false });
    expect(at(12_000)).toMatchObject({ seconds: 18, fraction: 0.6 });
    expect(at(29_999)).toMatchObject({ code: '855319', seconds: 1, stale: false });
  });

  it('is marked as expiring below five seconds, not at five', () => {
    expect(at(25_000).soon).toBe(false);
    expect(at(25_001).soon).toBe(true);
  });

  it('offers the next code with its own window', () => {
    expect(at(26_000)).toMatchObject({
      next: '918240',
      nextCodeRef: { by: 'time', validFromMs: START + 30_000 },
    });
  });

  it('replaces the code at the end of its window and asks again', () => {
    expect(at(30_000)).toEqual({
      code: '918240',
      codeRef: { by: 'time', validFromMs: START + 30_000 },
      next: null,
      nextCodeRef: null,
      seconds: 30,
      fraction: 1,
      soon: false,
      stale: true,
    });
  });

  it('shows nothing once the next window is over too', () => {
    expect(at(60_000)).toMatchObject({ code: null, codeRef: null, next: null, seconds: null, stale: true });
  });

  it('shows no old code when the next one is not known', () => {
    const held = received({ ...timed(START), next: null }, START);
    expect(codeView(held, START + 30_000)).toMatchObject({ code: null, codeRef: null, stale: true });
  });

  it("uses the core's clock, not that of the page", () => {
    const held = received(timed(START + 10_000), 5_000);
    expect(codeView(held, 5_000).seconds).toBe(20);
    expect(codeView(held, 24_999)).toMatchObject({ code: '855319', seconds: 1 });
    expect(codeView(held, 25_000).code).toBe('918240');
  });
});

describe('a counter-based code', () => {
  const counted: RevealedCode = {
    id: 'a',
    code: '755224',
    codeRef: { by: 'counter', counter: '0' },
    validFromMs: null,
    validUntilMs: null,
    next: null,
    nowMs: START,
  };

  it('does not expire', () => {
    expect(codeView(received(counted, START), START + 3_600_000)).toMatchObject({
      code: '755224',
      codeRef: { by: 'counter', counter: '0' },
      seconds: null,
      soon: false,
      stale: false,
    });
  });

  it('has no code until one is asked for', () => {
    const closed = { ...counted, code: null, codeRef: null };
    expect(codeView(received(closed, START), START)).toMatchObject({ code: null, stale: false });
  });
});
