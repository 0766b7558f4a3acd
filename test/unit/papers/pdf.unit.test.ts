import { inflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { writePaper } from '../../../console/papers/paper.ts';
import { paperLanguages } from '../../../console/papers/words.ts';
import { printPaper, unprintableIn } from '../../../src/adapters/pdf/pdf-paper.ts';
import { factsOf, paperFonts } from '../../support/paper-facts.ts';
import { toldTrades } from '../../support/told-trades.ts';

const pagesIn = (pdf: Buffer): number =>
  Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);

/** What the compressed streams of a file hold, one after the other. */
const streamsOf = (pdf: Buffer): string =>
  [...pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)]
    .map(([, body = '']) => {
      try {
        return inflateSync(Buffer.from(body, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    })
    .join('\n');

describe('A paper as PDF', () => {
  it.each(paperLanguages)('is one page in %s, the same bytes each time', async (language) => {
    const paper = writePaper(await factsOf(toldTrades.delivered), 'commercial_invoice', language);
    const pdf = await printPaper(paper, paperFonts);
    expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(pagesIn(pdf)).toBe(1);
    expect(pdf.length).toBeLessThan(60_000);
    expect((await printPaper(paper, paperFonts)).equals(pdf)).toBe(true);
    expect(pdf.toString('latin1')).toContain(`/Lang (${language})`);
  });

  it('holds its fonts, and text that can be searched and copied', async () => {
    const paper = writePaper(await factsOf(toldTrades.delivered), 'packing_list', 'en');
    const pdf = await printPaper(paper, paperFonts);
    expect(pdf.toString('latin1')).toMatch(/\/FontFile2/);
    expect(streamsOf(pdf)).toContain('begincmap');
  });

  it('goes on, on further pages, with the titles of the table again', async () => {
    const facts = await factsOf(toldTrades.delivered);
    const items = Array.from({ length: 50 }, () => facts.items).flat();
    const pdf = await printPaper(
      writePaper({ ...facts, items }, 'commercial_invoice', 'de'),
      paperFonts,
    );
    expect(pagesIn(pdf)).toBeGreaterThan(3);
  });
});

describe('What can be printed', () => {
  it.each(['Größe & Söhne', 'Łódź', 'İstanbul', 'Ελλάδα', 'Россия', 'Đà Nẵng', '“5 × 3” – 12 €'])(
    'is %s',
    (text) => {
      expect(unprintableIn(text)).toEqual([]);
    },
  );

  it('is not what the fonts have no letter for', () => {
    expect(unprintableIn('深圳 Ltd. 深')).toEqual(['深', '圳']);
    expect(unprintableIn('دبي')).toHaveLength(3);
  });

  it('is only what both fonts have', () => {
    for (const font of [paperFonts.regular, paperFonts.bold]) {
      const document = new PDFDocument({ font: font as unknown as string }) as unknown as {
        readonly _font: { readonly font: { hasGlyphForCodePoint(point: number): boolean } };
      };
      const missing = Array.from({ length: 0x3000 }, (_, point) => String.fromCodePoint(point))
        .filter(
          (letter) => letter.normalize('NFC') === letter && unprintableIn(letter).length === 0,
        )
        .filter((letter) => !document._font.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
      expect(missing).toEqual([]);
    }
  });
});
