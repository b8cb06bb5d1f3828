import { _GF256 as field, _tests as symbol } from 'qr';
import type { Grey } from './qr';

/** QR version 5 at level L has one block: bytes of data, bytes of error correction, and the version. */
const [DATA, CORRECTION, VERSION] = [108, 26, 5];
/** Pixels a module, and modules of white around it. */
const [SCALE, BORDER] = [6, 4];

/**
 * The text on several QR codes: structured append (ISO/IEC 18004 §8), which the `qr` package does not write.
 * At most 103 bytes a code.
 */
export function drawParts(text: string, count: number): Grey[] {
  const bytes = Buffer.from(text);
  const parity = bytes.reduce((sum, byte) => sum ^ byte, 0);
  const size = Math.ceil(bytes.length / count);
  return Array.from({ length: count }, (_, index) => {
    const part = bytes.subarray(index * size, (index + 1) * size);
    const fields: [value: number, bits: number][] = [
      [0b0011, 4],
      [index, 4],
      [count - 1, 4],
      [parity, 8],
      [0b0100, 4],
      [part.length, 8],
      ...[...part].map((byte): [number, number] => [byte, 8]),
      [0, 4],
    ];
    return draw(codewords(fields.map(([value, bits]) => value.toString(2).padStart(bits, '0')).join('')));
  });
}

function codewords(bits: string): Uint8Array {
  const data = (bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2));
  if (data.length > DATA) throw new Error('too long for one part');
  while (data.length < DATA) data.push(data.length % 2 === 0 ? 0xec : 0x11);
  return Uint8Array.from([...data, ...symbol.rsEcc(Uint8Array.from(data), generator())]);
}

/** The Reed-Solomon generator polynomial, without its first coefficient, which is 1. */
function generator(): Uint8Array {
  const times = (a: number, b: number) => (a && b ? field.exp[field.log[a]! + field.log[b]!]! : 0);
  let polynomial = [1];
  for (let power = 0; power < CORRECTION; power += 1) {
    const root = field.exp[power]!;
    polynomial = [...polynomial, 0].map((term, at) => term ^ times(polynomial[at - 1] ?? 0, root));
  }
  return Uint8Array.from(polynomial.slice(1));
}

function draw(words: Uint8Array): Grey {
  const modules = symbol.drawSymbol(VERSION, 'low', words, 0);
  const side = (modules.size + 2 * BORDER) * SCALE;
  const at = (pixel: number) => Math.floor(pixel / SCALE) - BORDER;
  const inside = (module: number) => module >= 0 && module < modules.size;
  const pixels = Uint8Array.from({ length: side * side }, (_, index) => {
    const [x, y] = [at(index % side), at(Math.floor(index / side))];
    return inside(x) && inside(y) && symbol.matGet(modules, x, y) === 1 ? 0 : 255;
  });
  return { width: side, height: side, pixels };
}
