import { create, type Font, type Glyph } from 'fontkit';
import { encodeSubset } from './font-subset.ts';
import { type Tables, writeFont } from './sfnt.ts';

export type FontOptions = {
  /** The PDF library takes fonts of one name for the same. */
  readonly name: string;
  /** Of a font that varies. */
  readonly weight?: number;
};

/** A glyph of a text, which may stand for other characters in another. */
type Use = { readonly glyph: Glyph; readonly codePoints: readonly number[] };

/**
 * A font as the PDF library is given it, changed in two places. What it puts into a file is made of the
 * outlines at a weight, which its own subsets can't do. And a glyph that stands for several characters, as
 * the bare letters of Arabic do, stands for each on its own: the text can be searched and copied, and what
 * was printed before has no part in it.
 */
export function printFont(tables: Tables, { name, weight }: FontOptions): Font {
  const font = fontOf(tables, weight);
  const uses: Use[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (use: Use): number => {
    const key = `${use.glyph.id} ${use.codePoints.join(' ')}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, uses.length);
    return uses.push(use) - 1;
  };
  numberOf({ glyph: font.getGlyph(0), codePoints: [] });
  const glyphAt = font.getGlyph.bind(font);
  const layout = font.layout.bind(font);
  return Object.defineProperties(font, {
    postscriptName: { value: name },
    getGlyph: {
      value: (id: number, codePoints: readonly number[] = []) =>
        Object.create(glyphAt(id), { codePoints: { value: codePoints } }),
    },
    layout: {
      value: (text: string, features?: string[]) => {
        const { glyphs, positions, advanceWidth } = layout(text, features);
        const used = glyphs.map((glyph) => {
          const { codePoints, advanceWidth } = glyph;
          return { id: numberOf({ glyph, codePoints }), codePoints, advanceWidth };
        });
        return { glyphs: used, positions, advanceWidth };
      },
    },
    createSubset: {
      value: () => {
        const places = new Map<number, number>([[0, 0]]);
        return {
          includeGlyph: (glyph: number | Pick<Glyph, 'id'>): number => {
            const number = typeof glyph === 'number' ? glyph : glyph.id;
            const place = places.get(number) ?? places.size;
            places.set(number, place);
            return place;
          },
          encode: () =>
            encodeSubset(
              [...places.keys()].flatMap((number) => uses[number]?.glyph ?? []),
              tables,
            ),
        };
      },
    },
  });
}

function fontOf(tables: Tables, weight: number | undefined): Font {
  const font = create(writeFont(tables));
  if ('fonts' in font) throw new Error('A font file holds several fonts.');
  return weight === undefined ? font : font.getVariation({ wght: weight });
}
