import { crc32, deflateSync } from 'node:zlib';
import { encodeQR } from 'qr';

/** A grey picture, one byte a pixel, row by row. */
export type Grey = { width: number; height: number; pixels: Uint8Array };

/** The text as a QR code as on a service's page: with a white border, `scale` pixels a module. */
export function drawQr(text: string, scale = 6): Grey {
  const modules = encodeQR(text, 'raw', { border: 4 });
  const side = modules.length * scale;
  const pixels = new Uint8Array(side * side).fill(255);
  modules.forEach((line, y) =>
    line.forEach((dark, x) => {
      if (!dark) return;
      for (let row = y * scale; row < (y + 1) * scale; row += 1) {
        pixels.fill(0, row * side + x * scale, row * side + (x + 1) * scale);
      }
    }),
  );
  return { width: side, height: side, pixels };
}

/** Two pictures one below the other. */
export function stack(above: Grey, below: Grey): Grey {
  const width = Math.max(above.width, below.width);
  const pixels = new Uint8Array(width * (above.height + below.height)).fill(255);
  [above, below].forEach(({ width: own, pixels: from }, index) => {
    const top = index === 0 ? 0 : above.height;
    for (let at = 0; at * own < from.length; at += 1) {
      pixels.set(from.subarray(at * own, (at + 1) * own), (top + at) * width);
    }
  });
  return { width, height: above.height + below.height, pixels };
}

/** A PNG file of 8 bits grey. */
export function png({ width, height, pixels }: Grey): Buffer {
  const lines = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    lines.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(lines, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The text's QR code as a file for a file input. */
export const qrFile = (text: string) => ({
  name: 'code.png',
  mimeType: 'image/png',
  buffer: png(drawQr(text)),
});
