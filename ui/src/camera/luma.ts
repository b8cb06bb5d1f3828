/** The luma that the scanner reads: about `0.299 R + 0.587 G + 0.114 B`, in integers. */
export function luma(rgba: ArrayLike<number>, pixels: number): Uint8Array {
  const grey = new Uint8Array(pixels);
  for (let at = 0, from = 0; at < pixels; at += 1, from += 4) {
    const [r, g, b] = [rgba[from] ?? 0, rgba[from + 1] ?? 0, rgba[from + 2] ?? 0];
    grey[at] = (77 * r + 150 * g + 29 * b) >> 8;
  }
  return grey;
}

/** A frame as the core takes it: width and height, two bytes each, low byte first, then the luma. */
export function toFrame(rgba: ArrayLike<number>, width: number, height: number): Uint8Array {
  const frame = new Uint8Array(4 + width * height);
  new DataView(frame.buffer).setUint16(0, width, true);
  new DataView(frame.buffer).setUint16(2, height, true);
  frame.set(luma(rgba, width * height), 4);
  return frame;
}

export type Grey = { width: number; height: number; rgba: Uint8ClampedArray<ArrayBuffer> };

/** A frame as grey pixels to draw; null if its size does not match its bytes. */
export function fromFrame(frame: ArrayBuffer): Grey | null {
  if (frame.byteLength < 4) return null;
  const view = new DataView(frame);
  const [width, height] = [view.getUint16(0, true), view.getUint16(2, true)];
  if (width === 0 || height === 0 || frame.byteLength !== 4 + width * height) return null;
  const grey = new Uint8Array(frame, 4);
  const rgba = new Uint8ClampedArray(grey.length * 4);
  grey.forEach((value, at) => rgba.set([value, value, value, 255], at * 4));
  return { width, height, rgba };
}

/** The centre square of a picture, and the side it is scaled to. */
export function centreSquare(width: number, height: number, longest: number) {
  const side = Math.min(width, height);
  return {
    x: Math.floor((width - side) / 2),
    y: Math.floor((height - side) / 2),
    side,
    scaled: Math.min(side, longest),
  };
}

/** A size with the same shape whose longer side is at most `longest`. */
export function fitWithin(width: number, height: number, longest: number) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
