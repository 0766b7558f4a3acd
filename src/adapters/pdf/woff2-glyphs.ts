import { ByteReader } from './byte-reader.ts';
import { type Box, Extent, glyphBytes, glyphTables, int16s, ON_CURVE } from './outlines.ts';

/** Letters as TrueType has them, where each begins, and the left edge of each. */
export type RebuiltGlyphs = {
  readonly glyf: Uint8Array;
  readonly loca: Uint8Array;
  readonly leftEdges: readonly number[];
};

type Streams = {
  readonly contours: ByteReader;
  readonly points: ByteReader;
  readonly flags: ByteReader;
  readonly coordinates: ByteReader;
  readonly components: ByteReader;
  readonly boxes: ByteReader;
  readonly hasBox: (glyph: number) => boolean;
  readonly instructions: ByteReader;
};

/** Undoes what WOFF2 does to the letters of a font: seven streams become one table again. */
export function rebuildGlyphs(table: Uint8Array): RebuiltGlyphs {
  const reader = new ByteReader(table);
  reader.take(4);
  const count = reader.uint16();
  reader.take(2);
  const streams = readStreams(reader, count);
  const glyphs = Array.from({ length: count }, (_, glyph) => rebuildGlyph(streams, glyph));
  const leftEdges = glyphs.map((glyph) => (glyph.length === 0 ? 0 : glyph.readInt16BE(2)));
  return { ...glyphTables(glyphs), leftEdges };
}

function readStreams(reader: ByteReader, count: number): Streams {
  const lengths = Array.from({ length: 7 }, () => reader.uint32());
  const [contours, points, flags, coordinates, components, boxes, instructions] = lengths.map(
    (length) => new ByteReader(reader.take(length)),
  ) as [ByteReader, ByteReader, ByteReader, ByteReader, ByteReader, ByteReader, ByteReader];
  const bitmap = boxes.take(4 * Math.ceil(count / 32));
  const hasBox = (glyph: number): boolean =>
    ((bitmap[glyph >> 3] ?? 0) & (0x80 >> (glyph & 7))) !== 0;
  return { contours, points, flags, coordinates, components, boxes, instructions, hasBox };
}

function rebuildGlyph(streams: Streams, glyph: number): Buffer {
  const contours = streams.contours.int16();
  if (contours === 0) return Buffer.alloc(0);
  const box = streams.hasBox(glyph) ? readBox(streams.boxes) : undefined;
  const body = contours > 0 ? simpleGlyph(streams, contours) : composedGlyph(streams);
  return glyphBytes(contours, box ?? body.box, body.parts);
}

const readBox = (reader: ByteReader): Box => [
  reader.int16(),
  reader.int16(),
  reader.int16(),
  reader.int16(),
];

type Body = { readonly parts: readonly Uint8Array[]; readonly box: Box };

/** Its points are many, so they are written as they are read: a byte of flags, two words for the step. */
function simpleGlyph(streams: Streams, contours: number): Body {
  let count = 0;
  const ends = Array.from({ length: contours }, () => {
    count += streams.points.short255();
    return count - 1;
  });
  const bytes = Buffer.alloc(count * 5);
  const [step, xAt, yAt] = [{ dx: 0, dy: 0 }, count, count * 3];
  const box = new Extent();
  for (let index = 0; index < count; index += 1) {
    const flags = streams.flags.uint8();
    readStep(flags & 0x7f, streams.coordinates, step);
    bytes[index] = flags < 128 ? ON_CURVE : 0;
    bytes.writeInt16BE(step.dx, xAt + index * 2);
    bytes.writeInt16BE(step.dy, yAt + index * 2);
    box.add(step.dx, step.dy);
  }
  const instructions = streams.instructions.take(streams.coordinates.short255());
  return { parts: [int16s([...ends, instructions.length]), instructions, bytes], box: box.box };
}

type Step = { dx: number; dy: number };

/** One step by the table of the format: how many bits each way has, and of which sign. */
function readStep(code: number, coordinates: ByteReader, step: Step): void {
  const x = (code & 1) === 1 ? 1 : -1;
  const y = (code & 2) === 2 ? 1 : -1;
  const first = coordinates.uint8();
  if (code < 20) {
    const size = ((code % 10) >> 1) * 256 + first;
    step.dx = code < 10 ? 0 : x * size;
    step.dy = code < 10 ? x * size : 0;
  } else if (code < 84) {
    const high = code - 20;
    step.dx = x * (1 + (high & 0x30) + (first >> 4));
    step.dy = y * (1 + ((high & 0x0c) << 2) + (first & 0x0f));
  } else if (code < 120) {
    const high = code - 84;
    step.dx = x * (1 + Math.floor(high / 12) * 256 + first);
    step.dy = y * (1 + ((high % 12) >> 2) * 256 + coordinates.uint8());
  } else if (code < 124) {
    const second = coordinates.uint8();
    step.dx = x * ((first << 4) + (second >> 4));
    step.dy = y * (((second & 0x0f) << 8) + coordinates.uint8());
  } else {
    step.dx = x * ((first << 8) + coordinates.uint8());
    step.dy = y * coordinates.uint16();
  }
}

const HAS_WORDS = 0x01;
const HAS_SCALE = 0x08;
const HAS_MORE = 0x20;
const HAS_TWO_SCALES = 0x40;
const HAS_MATRIX = 0x80;
const HAS_INSTRUCTIONS = 0x100;

/** A letter made of letters stands as it is, but for its instructions. */
function composedGlyph({ components, coordinates, instructions }: Streams): Body {
  const parts: Uint8Array[] = [];
  let flags = HAS_MORE;
  let hasInstructions = false;
  while ((flags & HAS_MORE) !== 0) {
    flags = components.uint16();
    hasInstructions ||= (flags & HAS_INSTRUCTIONS) !== 0;
    const rest = 2 + ((flags & HAS_WORDS) === 0 ? 2 : 4) + scaleBytes(flags);
    parts.push(int16s([flags]), components.take(rest));
  }
  if (hasInstructions) {
    const length = coordinates.short255();
    parts.push(int16s([length]), instructions.take(length));
  }
  return { parts, box: [0, 0, 0, 0] };
}

function scaleBytes(flags: number): number {
  if ((flags & HAS_SCALE) !== 0) return 2;
  if ((flags & HAS_TWO_SCALES) !== 0) return 4;
  return (flags & HAS_MATRIX) === 0 ? 0 : 8;
}
