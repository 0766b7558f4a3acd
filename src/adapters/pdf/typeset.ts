import bidiFactory, { type Bidi } from 'bidi-js';
import LineBreaker from 'linebreak';
import {
  composed,
  type Face,
  hasLetter,
  IGNORED,
  type Letters,
  type Wording,
} from './font-case.ts';

/** A stretch of text in one face and one direction, as it is handed to the font: nothing in it may break. */
export type Piece = {
  readonly face: Face;
  readonly text: string;
  /** Even from left to right, odd from right to left (Unicode Standard Annex 9). */
  readonly level: number;
  readonly isSpace: boolean;
};

/** The pieces of a line from left to right, each with its width. */
export type Line = {
  readonly pieces: readonly (Piece & { readonly width: number })[];
  readonly width: number;
};

/** How wide a piece is in the type it is set in. */
export type Measure = (piece: Piece) => number;

type Measured = Line['pieces'][number];

// Its types are those of an ES module, and Node takes it as CommonJS.
const bidi = (bidiFactory as unknown as () => Bidi)();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const charactersOf = (text: string): readonly string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);

/**
 * A text in lines no wider than a width: broken where Unicode says, in the middle of a word only where a
 * word alone is too wide, and each line in the order in which it is seen.
 */
export function linesOf(
  wording: Wording,
  { letters, width, measure }: { letters: Letters; width: number; measure: Measure },
): readonly Line[] {
  const lines: Measured[][] = [[]];
  let room = width;
  for (const unit of unitsOf(piecesOf(wording, letters), measure)) {
    const isTooWide = widthOf(trimmed(unit)) > width;
    for (const part of isTooWide ? split(unit, measure) : [unit]) {
      if (widthOf(trimmed(part)) > room && room < width) {
        lines.push([]);
        room = width;
      }
      lines.at(-1)?.push(...part);
      room -= widthOf(part);
    }
  }
  return lines.map((line) => {
    const pieces = trimmed(line);
    return { pieces: joined(inSight(pieces)), width: widthOf(pieces) };
  });
}

const widthOf = (pieces: readonly Measured[]): number =>
  pieces.reduce((sum, { width }) => sum + width, 0);

/** Without the spaces that it ends in. */
const trimmed = (pieces: readonly Measured[]): readonly Measured[] =>
  pieces.slice(0, pieces.findLastIndex(({ isSpace }) => !isSpace) + 1);

type Broken = Piece & { readonly endsUnit: boolean };

/** What stays together on a line: the pieces from one place where it may break to the next. */
function unitsOf(pieces: readonly Broken[], measure: Measure): readonly (readonly Measured[])[] {
  const units: Measured[][] = [[]];
  for (const { endsUnit, ...piece } of pieces) {
    units.at(-1)?.push({ ...piece, width: measure(piece) });
    if (endsUnit) units.push([]);
  }
  return units.filter((unit) => unit.length > 0);
}

/** A unit letter by letter, for what is wider than a line. */
const split = (unit: readonly Measured[], measure: Measure): readonly (readonly Measured[])[] =>
  unit.flatMap(({ width: _, ...piece }) =>
    charactersOf(piece.text).map((text) => [
      { ...piece, text, width: measure({ ...piece, text }) },
    ]),
  );

function piecesOf(wording: Wording, letters: Letters): readonly Broken[] {
  const text = composed(wording.text);
  const { levels } = bidi.getEmbeddingLevels(text, 'auto');
  const breaks = breaksOf(text);
  const letterOf = letters(wording);
  const pieces: Broken[] = [];
  let index = 0;
  let previous: Broken | undefined;
  for (const character of text) {
    const face = faceFor(character, previous?.face, letterOf);
    const end = index + character.length;
    if (face !== undefined) {
      const isSpace = character === ' ';
      const next = { face, level: levels[index] ?? 0, isSpace, endsUnit: breaks.has(end) };
      const goesOn = previous !== undefined && !previous.endsUnit && isAlike(previous, next);
      const piece = { ...next, text: (goesOn ? previous?.text : '') + character };
      if (goesOn) pieces.pop();
      pieces.push(piece);
      previous = piece;
    } else if (previous !== undefined && breaks.has(end)) {
      previous = { ...previous, endsUnit: true };
      pieces[pieces.length - 1] = previous;
    }
    index = end;
  }
  return pieces.map((piece) => ({ ...piece, text: asHanded(piece) }));
}

const isAlike = (one: Piece, other: Omit<Piece, 'text'>): boolean =>
  one.face === other.face && one.level === other.level && one.isSpace === other.isSpace;

function breaksOf(text: string): ReadonlySet<number> {
  const breaker = new LineBreaker(text);
  const found = new Set<number>();
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak())
    found.add(next.position);
  return found;
}

/** Marks and joiners stay with the letter before them; what is only told is not printed. */
function faceFor(
  character: string,
  before: Face | undefined,
  letterOf: ReturnType<Letters>,
): Face | undefined {
  const point = character.codePointAt(0) ?? 0;
  const joins = before !== undefined && hasLetter(before, point);
  if (/^\p{Join_Control}$/u.test(character)) return joins ? before : undefined;
  if (IGNORED.test(character)) return undefined;
  return joins && /^\p{M}$/u.test(character) ? before : letterOf(character);
}

const RIGHT_TO_LEFT = /\p{Script=Arabic}/u;

/**
 * The font lays out Arabic script from right to left by itself, and nothing else: what else runs that
 * way, as brackets do, is handed to it turned round, and Arabic script that does not, as digits.
 */
function asHanded({ text, level }: Pick<Piece, 'text' | 'level'>): string {
  const isOdd = level % 2 === 1;
  if (RIGHT_TO_LEFT.test(text) === isOdd) return text;
  const turned = charactersOf(text).toReversed();
  return turned.map((one) => (isOdd ? (bidi.getMirroredCharacter(one) ?? one) : one)).join('');
}

/** From left to right: rule L2, for pieces. */
function inSight(pieces: readonly Measured[]): readonly Measured[] {
  const seen = [...pieces];
  const highest = Math.max(0, ...pieces.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let start = 0; start < seen.length; start += 1) {
      let end = start;
      while ((seen[end]?.level ?? -1) >= level) end += 1;
      if (end > start) seen.splice(start, end - start, ...seen.slice(start, end).toReversed());
      start = end;
    }
  }
  return seen;
}

/** What runs from left to right in one face is printed at once. */
function joined(pieces: readonly Measured[]): readonly Measured[] {
  const whole: Measured[] = [];
  for (const piece of pieces) {
    const before = whole.at(-1);
    if (before?.face === piece.face && runsOn(before) && runsOn(piece)) {
      whole[whole.length - 1] = {
        ...{ ...piece, text: before.text + piece.text, width: before.width + piece.width },
        isSpace: before.isSpace && piece.isSpace,
      };
    } else whole.push(piece);
  }
  return whole;
}

const runsOn = ({ level, text }: Piece): boolean => level % 2 === 0 && !RIGHT_TO_LEFT.test(text);
