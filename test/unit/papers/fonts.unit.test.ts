import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { fontFiles } from '../../../lib/fonts.ts';
import { fontCase, unprintableIn } from '../../../src/adapters/pdf/font-case.ts';
import { printFont } from '../../../src/adapters/pdf/print-font.ts';
import { readFont, writeFont } from '../../../src/adapters/pdf/sfnt.ts';
import { unpackWoff2 } from '../../../src/adapters/pdf/woff2.ts';
import { paperFonts } from '../../support/paper-facts.ts';

const slices = fontFiles('papers').filter(({ path }) => path.endsWith('.woff2'));
/** Every fortieth, and the largest, which has letters made of letters. */
const some = slices.filter(({ path }, index) => index % 40 === 0 || path.includes('arabic'));

const fontOf = (bytes: Uint8Array): Font => {
  const font = create(Buffer.from(bytes));
  if ('fonts' in font) throw new Error('There are several fonts.');
  return font;
};

describe('A web font', () => {
  it.each(some)('$path has the outlines that the library reads of it', ({ source }) => {
    const packed = readFileSync(source);
    const [read, unpacked] = [fontOf(packed), fontOf(writeFont(unpackWoff2(packed)))];
    expect(unpacked.numGlyphs).toBe(read.numGlyphs);
    for (let id = 0; id < read.numGlyphs; id += 1) {
      const [one, other] = [read.getGlyph(id), unpacked.getGlyph(id)];
      expect(other.path.toSVG()).toBe(one.path.toSVG());
      expect(other.advanceWidth).toBe(one.advanceWidth);
    }
  });

  it('that is none, or ends too early, is refused', () => {
    const [{ source } = { source: '' }] = some;
    const packed = readFileSync(source);
    expect(() => unpackWoff2(Buffer.from('wOFF'.padEnd(64)))).toThrow('no WOFF2');
    expect(() => unpackWoff2(packed.subarray(0, 200))).toThrow();
  });
});

describe('What is put into a file of a font', () => {
  const [{ source } = { source: '' }] = slices.filter(({ path }) => path.includes('kr-119'));
  const tables = unpackWoff2(readFileSync(source));

  it.each([
    ['regular', 400],
    ['bold', 700],
  ])('are its outlines at the weight, %s', (name, weight) => {
    const font = printFont(tables, { name, weight });
    const subset = font.createSubset();
    const ids = font.layout('가나').glyphs.map((glyph) => subset.includeGlyph(glyph));
    expect(ids).toEqual([1, 2]);
    const written = readFont(subset.encode());
    const whole = fontOf(writeFont(tables)).getVariation({ wght: weight });
    const expected = whole.layout('가나').glyphs;
    // Without names and codes it is no font of its own; its outlines are read beside those of the whole.
    const outlines = fontOf(writeFont(new Map([...tables, ...written])));
    expect(outlines.getGlyph(1).path.bbox).toEqual(rounded(expected[0]?.path.bbox));
    expect(outlines.getGlyph(2).advanceWidth).toBe(Math.round(expected[1]?.advanceWidth ?? 0));
  });
});

const rounded = (box: Font['bbox'] | undefined) =>
  expect.objectContaining({
    minX: Math.round(box?.minX ?? 0),
    maxX: Math.round(box?.maxX ?? 0),
    minY: Math.round(box?.minY ?? 0),
    maxY: Math.round(box?.maxY ?? 0),
  });

const missingIn = (text: string) => unprintableIn(paperFonts, [{ text, language: 'en' }]);

describe('What can be printed', () => {
  it.each([
    ...['Größe & Söhne', 'Łódź', 'İstanbul', 'Ελλάδα', 'Россия', 'Đà Nẵng', '“5 × 3” – 12 €'],
    ...[
      '深圳市联创电子有限公司',
      '臺灣精密機械股份有限公司',
      '株式会社山田製作所',
      '한빛정밀공업',
      '﨑',
    ],
    ...['شركة النور للتجارة (ذ.م.م)', 'فارسی گچپژ', 'अंतर्राष्ट्रीय व्यापार', '≤ 5 ㎡ ①'],
  ])('is %s', async (text) => {
    expect(await missingIn(text)).toEqual([]);
  });

  it('is not what no font has', async () => {
    expect(await missingIn('שלום 𪚥𪚥')).toEqual(['ש', 'ל', 'ו', 'ם', '𪚥']);
  });

  it('is, for reports, what is there beside the function that prints them', async () => {
    const sources = new Map(fontFiles('finance-api').map(({ path, source }) => [path, source]));
    const fonts = fontCase(async (path) => readFileSync(sources.get(path) ?? path), ['kr']);
    const texts = [
      { text: '시산표 €', language: 'ko' },
      { text: 'ﺏ', language: 'en' },
    ];
    expect(await unprintableIn(fonts, texts)).toEqual(['ﺏ']);
  });

  it('is read again after a reading that failed', async () => {
    let failures = 1;
    const sources = new Map(fontFiles('papers').map(({ path, source }) => [path, source]));
    const fonts = fontCase(async (path) => {
      failures -= 1;
      if (failures === 0) throw new Error('no file');
      return readFileSync(sources.get(path) ?? '');
    });
    const wordings = [{ text: 'a', language: 'en' }];
    await expect(unprintableIn(fonts, wordings)).rejects.toThrow('no file');
    expect(await unprintableIn(fonts, wordings)).toEqual([]);
  });
});
