import { describe, expect, it } from 'vitest';
import { centreSquare, fitWithin, fromFrame, luma, toFrame } from './luma';

const pixel = (r: number, g: number, b: number) => [r, g, b, 255];

describe('luma', () => {
  it('spans black to white and weighs the colours', () => {
    const rgba = [pixel(0, 0, 0), pixel(255, 255, 255), pixel(255, 0, 0), pixel(0, 255, 0), pixel(0, 0, 255)];
    expect([...luma(rgba.flat(), 5)]).toEqual([0, 255, 76, 149, 28]);
  });

  it('frames it with width and height, low byte first', () => {
    const frame = toFrame(new Uint8ClampedArray(258 * 2 * 4), 258, 2);
    expect([...frame.slice(0, 4)]).toEqual([2, 1, 2, 0]);
    expect(frame).toHaveLength(4 + 258 * 2);
  });

  it('reads a frame back as grey pixels', () => {
    const frame = new Uint8Array([2, 0, 1, 0, 7, 200]);
    const grey = fromFrame(frame.buffer);
    expect(grey).toMatchObject({ width: 2, height: 1 });
    expect([...(grey?.rgba ?? [])]).toEqual([7, 7, 7, 255, 200, 200, 200, 255]);
  });

  it.each([[[]], [[1, 0]], [[0, 0, 0, 0]], [[2, 0, 2, 0, 1]], [[1, 0, 1, 0, 1, 1]]])(
    'refuses a frame whose size and bytes disagree: %j',
    (bytes) => {
      expect(fromFrame(new Uint8Array(bytes).buffer)).toBeNull();
    },
  );
});

describe('sizes', () => {
  it('takes the centre square, at most so long', () => {
    expect(centreSquare(1280, 720, 640)).toEqual({ x: 280, y: 0, side: 720, scaled: 640 });
    expect(centreSquare(480, 640, 640)).toEqual({ x: 0, y: 80, side: 480, scaled: 480 });
  });

  it('fits a picture without making it larger', () => {
    expect(fitWithin(4000, 3000, 2000)).toEqual({ width: 2000, height: 1500 });
    expect(fitWithin(300, 200, 2000)).toEqual({ width: 300, height: 200 });
    expect(fitWithin(9000, 1, 2000)).toEqual({ width: 2000, height: 1 });
  });
});
