import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListRow, ListRequest } from '../ipc';
import type { Track } from './drag-reorder.svelte';

const COUNT = 2000;
const ROW_PX = 76;
const SEEN_PX = 844;
/** The time to load a page. */
let answerMs = 0;
const moves: string[] = [];

const newRow = (index: number): ListRow => ({
  id: `id-${index}`,
  kind: 'totp',
  issuer: `Entry ${index}`,
  account: '',
  favourite: false,
  digits: 6,
  issuerMatches: [],
  accountMatches: [],
  icon: null,
  daysLeft: null,
});
const rows = Array.from({ length: COUNT }, (_, index) => newRow(index));

vi.mock('../ipc', () => ({
  listEntries: async ({ offset, limit }: ListRequest) => {
    if (answerMs > 0) await new Promise((go) => setTimeout(go, answerMs));
    const counts = { count: COUNT, favourites: 0, total: COUNT, trashed: 0 };
    return { revision: 1, ...counts, groups: [], rows: rows.slice(offset, offset + limit), index: null };
  },
  moveEntry: async (id: string, side: string, other: string) => void moves.push(`${id} ${side} ${other}`),
  toCommandError: (error: unknown) => error,
}));
vi.mock('./settings.svelte', () => ({ settings: { appearance: { sort: 'manual' } } }));

const { ManualOrder } = await import('./manual-order.svelte');
const { DragReorder } = await import('./drag-reorder.svelte');

let frames: FrameRequestCallback[] = [];

/** A list of rows of one height. Loaded rows near the visible part are rendered. */
class FakeTrack implements Track {
  scrollTop = 0;
  constructor(private order: InstanceType<typeof ManualOrder>) {}

  edges = () => ({ top: 0, bottom: SEEN_PX });
  indexAt = (y: number) => Math.max(0, Math.min(COUNT - 1, Math.floor((y + this.scrollTop) / ROW_PX)));

  scrollBy(px: number): void {
    this.scrollTop = Math.max(0, Math.min(COUNT * ROW_PX - SEEN_PX, this.scrollTop + px));
    const first = this.indexAt(0);
    this.order.want([{ first, last: first + 20 }]);
  }

  slot(index: number) {
    const top = index * ROW_PX - this.scrollTop;
    const inPage = this.order.row(index) !== undefined && top > -2 * SEEN_PX && top < 3 * SEEN_PX;
    return inPage ? { top, height: ROW_PX } : null;
  }
}

const pointer = (clientY: number, index = 0) => {
  const row = { getBoundingClientRect: () => ({ top: clientY - 30, height: ROW_PX }), getAttribute: () => `${index + 1}` };
  const target = { closest: () => ({ closest: () => row }) };
  return { target, clientY, pointerId: 1, isPrimary: true, button: 0, buttons: 1 } as unknown as PointerEvent;
};

/** Drags the row with this index; the finger stays at the height `y`. */
async function dragged(from: number, y: number) {
  const order = new ManualOrder(null);
  const loading = order.refresh();
  await vi.advanceTimersByTimeAsync(answerMs);
  await loading;
  const track = new FakeTrack(order);
  const drag = new DragReorder(order, () => track);
  const list = { setPointerCapture: () => undefined } as unknown as HTMLElement;
  drag.down(pointer(from * ROW_PX + 30, from), list);
  expect(drag.move(pointer(from * ROW_PX + 60))).toBe(true);
  drag.move(pointer(y));
  return { order, track, drag };
}

/** Runs the page for this time, with a frame every `everyMs`. */
async function run(ms: number, everyMs: number): Promise<void> {
  for (let passed = 0; passed < ms - 1; passed += everyMs) {
    await vi.advanceTimersByTimeAsync(everyMs);
    for (const frame of frames.splice(0)) frame(performance.now());
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  frames = [];
  moves.splice(0);
  answerMs = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a row that is dragged to an edge', () => {
  const places = async (everyMs: number, pageMs: number) => {
    answerMs = pageMs;
    const { order, track } = await dragged(4, SEEN_PX - 10);
    const found: number[] = [];
    for (let second = 1; second <= 5; second += 1) {
      await run(1000, everyMs);
      found.push(order.lifted?.to ?? -1);
      const under = track.indexAt(SEEN_PX - 10 - 30 + ROW_PX / 2);
      expect(Math.abs(under - (found.at(-1) ?? 0)), 'under the finger').toBeLessThanOrEqual(1);
    }
    return found;
  };

  it('moves as far on a slow machine, and while pages are loading', async () => {
    const usual = await places(20, 5);
    for (const [everyMs, pageMs] of [[50, 0], [250, 5], [250, 3000], [500, 20_000]] as const) {
      const found = await places(everyMs, pageMs);
      for (const [at, place] of found.entries()) {
        expect(Math.abs(place - (usual[at] ?? 0)), `${everyMs} ms a frame, ${pageMs} ms a page`).toBeLessThanOrEqual(2);
      }
    }
  });

  it.each([[20, 5], [250, 5], [250, 3000]])('crosses the list in 6 s, %i ms a frame, %i ms a page', async (everyMs, pageMs) => {
    answerMs = pageMs;
    const { order, drag, track } = await dragged(4, SEEN_PX + 40);
    await run(6000, everyMs);
    expect(order.lifted?.to).toBe(COUNT - 1);
    // And back, without another touch.
    drag.move(pointer(-40));
    await run(6000, everyMs);
    expect(track.scrollTop).toBe(0);
    expect(order.lifted?.to).toBe(0);
  });

  it('never stops', async () => {
    answerMs = 3000;
    const { order } = await dragged(4, SEEN_PX);
    let before = 0;
    for (let step = 0; step < 20; step += 1) {
      await run(250, 250);
      const place = order.lifted?.to ?? -1;
      expect(place).toBeGreaterThan(before);
      before = place;
    }
  });

  it('is put where it was seen last, also if its neighbours are not loaded', async () => {
    answerMs = 3000;
    const { order, drag } = await dragged(4, SEEN_PX);
    await run(4000, 250);
    const place = order.lifted?.to ?? -1;
    expect(order.row(place + 1)).toBeUndefined();
    expect(drag.end(pointer(SEEN_PX))).toBe(true);
    const put = order.putDown();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await put).toBe(place);
    expect(moves).toEqual([`id-4 after id-${place}`]);
  });
});

it('a row that is dragged between the edges does not scroll the list', async () => {
  const { order, track, drag } = await dragged(4, 430);
  await run(500, 250);
  const place = order.lifted?.to;
  expect(place).toBe(5);
  expect(drag.offset).toBe(430 - 30 - 5 * ROW_PX);
  await run(3000, 250);
  expect([order.lifted?.to, track.scrollTop]).toEqual([place, 0]);
});
