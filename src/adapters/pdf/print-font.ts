import { create, type Font, type Glyph } from 'fontkit';
import { encodeSubset } from './font-subset.ts';
import { type Tables, writeFont } from './sfnt.ts';

export type FontOptions = {
  /** The PDF library takes fonts of one name for the same. */
  readonly name: string;
  /** Of a font that varies. */
  readonly weight?: number;
};

/** A glyph as the PDF library takes it; its number is also of the characters that it stands for. */
type Use = Pick<Glyph, 'id' | 'codePoints' | 'advanceWidth'>;

/** Figures, and ids that have some: nothing in them is joined or kerned. */
const CODE = /^[0-9a-z_.,-]*[0-9][0-9a-z_.,-]*$/;

/**
 * A font as the PDF library is given it, changed in two places. What it puts into a file is made of the
 * outlines at a weight, which its own subsets can't do. And a glyph that stands for several characters, as
 * the bare letters of Arabic do, stands for each on its own: the text can be searched and copied, and what
 * was printed before has no part in it.
 */
export function printFont(tables: Tables, { name, weight }: FontOptions): Font {
  const font = fontOf(tables, weight);
  const layout = font.layout.bind(font);
  const { getGlyph, useOf, glyphs } = glyphUses(font);
  const codeOf = (text: string) => {
    const uses = [...text].map((one) => useOf(font.glyphForCodePoint(one.codePointAt(0) ?? 0)));
    const widths = uses.map(({ advanceWidth }) => advanceWidth);
    return {
      glyphs: uses,
      positions: widths.map((xAdvance) => ({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 })),
      advanceWidth: widths.reduce((sum, width) => sum + width, 0),
    };
  };
  return Object.defineProperties(font, {
    postscriptName: { value: name },
    getGlyph: { value: getGlyph },
    layout: {
      value: (text: string, features?: string[]) => {
        if (CODE.test(text)) return codeOf(text);
        const { glyphs, positions, advanceWidth } = layout(text, features);
        return { glyphs: glyphs.map(useOf), positions, advanceWidth };
      },
    },
    createSubset: { value: () => subsetOf(glyphs, tables) },
  });
}

/** Each glyph anew for what it stands for: the library keeps one, with what it stood for first. */
function glyphUses(font: Font) {
  const glyphAt = font.getGlyph.bind(font);
  const known = new Map<string, Glyph>();
  const uses = new Map<Glyph, Use>();
  const glyphs: Glyph[] = [];
  const getGlyph = (id: number, codePoints: readonly number[] = []): Glyph => {
    const key = `${id} ${codePoints.join(' ')}`;
    const glyph =
      known.get(key) ?? Object.create(glyphAt(id), { codePoints: { value: codePoints } });
    known.set(key, glyph);
    return glyph;
  };
  const useOf = (glyph: Glyph): Use => {
    const { codePoints, advanceWidth } = glyph;
    const use = uses.get(glyph) ?? { id: glyphs.push(glyph) - 1, codePoints, advanceWidth };
    uses.set(glyph, use);
    return use;
  };
  useOf(getGlyph(0));
  return { getGlyph, useOf, glyphs };
}

function subsetOf(glyphs: readonly Glyph[], tables: Tables) {
  const places = new Map<number, number>([[0, 0]]);
  return {
    includeGlyph: (use: number | Pick<Glyph, 'id'>): number => {
      const number = typeof use === 'number' ? use : use.id;
      const place = places.get(number) ?? places.size;
      places.set(number, place);
      return place;
    },
    encode: () =>
      encodeSubset(
        [...places.keys()].flatMap((number) => glyphs[number] ?? []),
        tables,
      ),
  };
}

function fontOf(tables: Tables, weight: number | undefined): Font {
  const font = create(writeFont(tables));
  if ('fonts' in font) throw new Error('A font file holds several fonts.');
  return weight === undefined ? font : font.getVariation({ wght: weight });
}
