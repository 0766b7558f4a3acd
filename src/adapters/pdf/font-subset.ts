import type { Glyph } from 'fontkit';
import { Extent, glyphBytes, glyphTables, int16s, outlineParts, type Point } from './outlines.ts';
import {
  INDEX_FORMAT_OFFSET,
  METRICS_OFFSET,
  type Tables,
  withNumbers,
  writeFont,
} from './sfnt.ts';

/** In `maxp`. */
const COUNT_OFFSET = 4;
const POINTS_OFFSET = 6;
const CONTOURS_OFFSET = 8;

/** A font file of nothing but some glyphs, in their order and as they are at the font's weight. */
export function encodeSubset(glyphs: readonly Glyph[], tables: Tables): Uint8Array {
  const outlines = glyphs.map(outlineOf);
  const most = (counts: readonly number[]): number => Math.max(0, ...counts);
  const metrics = glyphs.flatMap(({ advanceWidth }, index) => [
    Math.round(advanceWidth),
    outlines[index]?.left ?? 0,
  ]);
  const maxima = {
    [COUNT_OFFSET]: glyphs.length,
    [POINTS_OFFSET]: most(outlines.map(({ points }) => points)),
    [CONTOURS_OFFSET]: most(outlines.map(({ contours }) => contours)),
  };
  return writeFont(
    new Map<string, Uint8Array>([
      ...Object.entries(glyphTables(outlines.map(({ bytes }) => bytes))),
      ['hmtx', int16s(metrics)],
      ['head', withNumbers(tables, 'head', { [INDEX_FORMAT_OFFSET]: 1 })],
      ['hhea', withNumbers(tables, 'hhea', { [METRICS_OFFSET]: glyphs.length })],
      ['maxp', withNumbers(tables, 'maxp', maxima)],
    ]),
  );
}

type Outline = {
  readonly bytes: Buffer;
  readonly left: number;
  readonly points: number;
  readonly contours: number;
};

/** The path of a glyph, with the letters that it is composed of, in whole units. */
function outlineOf({ path }: Glyph): Outline {
  const points: Point[] = [];
  const extent = new Extent();
  const ends: number[] = [];
  let [x, y] = [0, 0];
  const add = (toX: number, toY: number, isOnCurve: boolean): void => {
    points.push({ dx: toX - x, dy: toY - y, isOnCurve });
    extent.add(toX - x, toY - y);
    [x, y] = [toX, toY];
  };
  for (const { command, args } of path.commands) {
    const numbers = args.map(Math.round);
    for (let index = 0; index < numbers.length; index += 2) {
      const isControl = command === 'quadraticCurveTo' && index === 0;
      add(numbers[index] ?? 0, numbers[index + 1] ?? 0, !isControl);
    }
    if (command === 'closePath') ends.push(points.length - 1);
  }
  if (points.length === 0) return { bytes: Buffer.alloc(0), left: 0, points: 0, contours: 0 };
  const { box } = extent;
  const bytes = glyphBytes(ends.length, box, outlineParts(ends, points, new Uint8Array()));
  return { bytes, left: box[0], points: points.length, contours: ends.length };
}
