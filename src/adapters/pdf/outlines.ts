/** A point of an outline, by its step from the one before. */
export type Point = { readonly dx: number; readonly dy: number; readonly isOnCurve: boolean };

export type Box = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

export const int16s = (numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 2);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16BE(number & 0xffff, index * 2);
  return bytes;
};

/** A glyph of a TrueType font: its head, and what it consists of. */
export function glyphBytes(contours: number, box: Box, body: readonly Uint8Array[]): Buffer {
  const parts = [int16s([contours, ...box]), ...body];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, Buffer.alloc((4 - (length % 4)) % 4)]);
}

/** Glyphs one after the other, and where each begins. */
export function glyphTables(glyphs: readonly Uint8Array[]): { glyf: Buffer; loca: Buffer } {
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  let offset = 0;
  for (const [index, glyph] of glyphs.entries()) {
    offset += glyph.length;
    loca.writeUInt32BE(offset, (index + 1) * 4);
  }
  return { glyf: Buffer.concat(glyphs), loca };
}

/** An outline: the last point of each contour, instructions, the points. */
export const outlineParts = (
  ends: readonly number[],
  points: readonly Point[],
  instructions: Uint8Array,
): readonly Uint8Array[] => [
  int16s([...ends, instructions.length]),
  instructions,
  ...encodePoints(points),
];

export const ON_CURVE = 1;
const X_IS_BYTE = 2;
const Y_IS_BYTE = 4;
/** The same as before; of a byte: upwards. */
const X_IS_SAME = 16;
const Y_IS_SAME = 32;

function encodePoints(points: readonly Point[]): readonly Uint8Array[] {
  const xs = points.map(({ dx }) => delta(dx, X_IS_BYTE, X_IS_SAME));
  const ys = points.map(({ dy }) => delta(dy, Y_IS_BYTE, Y_IS_SAME));
  const flags = points.map(
    ({ isOnCurve }, index) =>
      (isOnCurve ? ON_CURVE : 0) | (xs[index]?.flags ?? 0) | (ys[index]?.flags ?? 0),
  );
  return [flags, ...[xs, ys].map((some) => some.flatMap(({ bytes }) => bytes))].map((bytes) =>
    Uint8Array.from(bytes),
  );
}

type Delta = { readonly flags: number; readonly bytes: readonly number[] };

function delta(by: number, isByte: number, isSame: number): Delta {
  if (by === 0) return { flags: isSame, bytes: [] };
  if (Math.abs(by) > 255) return { flags: 0, bytes: [(by >> 8) & 0xff, by & 0xff] };
  return { flags: by > 0 ? isByte | isSame : isByte, bytes: [Math.abs(by)] };
}

/** How far steps from one point to the next reach. */
export class Extent {
  #x = 0;
  #y = 0;
  #xMin = Infinity;
  #yMin = Infinity;
  #xMax = -Infinity;
  #yMax = -Infinity;

  add(dx: number, dy: number): void {
    this.#x += dx;
    this.#y += dy;
    this.#xMin = Math.min(this.#xMin, this.#x);
    this.#yMin = Math.min(this.#yMin, this.#y);
    this.#xMax = Math.max(this.#xMax, this.#x);
    this.#yMax = Math.max(this.#yMax, this.#y);
  }

  get box(): Box {
    return [this.#xMin, this.#yMin, this.#xMax, this.#yMax];
  }
}
