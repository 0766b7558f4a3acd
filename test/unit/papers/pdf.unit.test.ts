import { type Paper, writePaper } from '../../../console/papers/paper.ts';
import { type PaperLanguage, paperLanguages, wordsIn } from '../../../console/papers/words.ts';
import { unprintableIn } from '../../../src/adapters/pdf/font-case.ts';
import { printPaper, wordingsOf } from '../../../src/adapters/pdf/pdf-paper.ts';
import { factsOf, paperFonts } from '../../support/paper-facts.ts';
import { linesIn, shownIn } from '../../support/pdf-text.ts';
import { toldTrades } from '../../support/told-trades.ts';

const pagesIn = (pdf: Buffer): number => Math.max(...shownIn(pdf).map(({ page }) => page));

const writtenIn = async (language: PaperLanguage): Promise<Paper> =>
  writePaper(await factsOf(toldTrades.delivered), 'commercial_invoice', language);

/** Without spaces, which are not always printed, and in the order of what is read. */
const squeezed = (text: string): string => text.replaceAll(/\s|\p{Cf}/gu, '');
const reversed = (text: string): string => Array.from(text).toReversed().join('');

describe('A paper as PDF', () => {
  it.each(paperLanguages)('is one page in %s, the same bytes each time', async (language) => {
    const paper = await writtenIn(language);
    const pdf = await printPaper(paper, paperFonts);
    expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(pagesIn(pdf)).toBe(1);
    expect(pdf.length).toBeLessThan(100_000);
    expect((await printPaper(paper, paperFonts)).equals(pdf)).toBe(true);
    expect(pdf.toString('latin1')).toContain(`/Lang (${language})`);
  });

  it.each(paperLanguages)('has every letter of both papers in %s', async (language) => {
    const facts = await factsOf(toldTrades.delivered);
    for (const type of ['commercial_invoice', 'packing_list'] as const) {
      const wordings = wordingsOf(writePaper(facts, type, language));
      expect(await unprintableIn(paperFonts, wordings)).toEqual([]);
    }
    const words = Object.values(wordsIn(language)).map((text) => ({ text, language }));
    expect(await unprintableIn(paperFonts, words)).toEqual([]);
  });

  it.each(paperLanguages.filter((language) => language !== 'hi'))(
    'can be read back in %s, each line as it was written',
    async (language) => {
      const paper = await writtenIn(language);
      const lines = linesIn(await printPaper(paper, paperFonts)).map(squeezed);
      const texts = [
        ...[paper.title, paper.declaration, ...paper.columns.map(({ title }) => title)],
        ...[...paper.fields, ...paper.totals].map(([label]) => label),
      ];
      const read = language === 'ar' ? lines.map(reversed) : lines;
      for (const text of texts.map(squeezed))
        expect(read.filter((line) => line.includes(text))).not.toEqual([]);
    },
  );

  it('in Hindi has its syllables formed, with signs before the letter that they follow', async () => {
    const paper = await writtenIn('hi');
    const [title = ''] = linesIn(await printPaper(paper, paperFonts));
    expect(paper.title).toBe('वाणिज्यिक चालान');
    expect(title).toBe('वािणिज्यक चालान');
  });

  it('goes on, on further pages, with the titles of the table again', async () => {
    const facts = await factsOf(toldTrades.delivered);
    const items = Array.from({ length: 50 }, () => facts.items).flat();
    const paper = writePaper({ ...facts, items }, 'commercial_invoice', 'ko');
    const shown = shownIn(await printPaper(paper, paperFonts));
    const pages = Math.max(...shown.map(({ page }) => page));
    expect(pages).toBeGreaterThan(3);
    for (let page = 1; page <= pages - 1; page += 1) {
      const texts = shown.filter((one) => one.page === page).map(({ text }) => text);
      expect(texts.filter((text) => text.includes('HS'))).toHaveLength(1);
    }
  });

  it('in Arabic begins at the right', async () => {
    const left = shownIn(await printPaper(await writtenIn('en'), paperFonts));
    const right = shownIn(await printPaper(await writtenIn('ar'), paperFonts));
    const placeOf = (shown: typeof left, text: string) => shown.find((one) => one.text === text)?.x;
    expect(placeOf(left, 'Vogel Antriebstechnik GmbH')).toBeGreaterThan(298);
    expect(placeOf(right, 'Vogel Antriebstechnik GmbH')).toBeLessThan(298);
    expect(placeOf(left, '850440')).toBeLessThan(298);
    expect(placeOf(right, '850440')).toBeGreaterThan(298);
  });
});
