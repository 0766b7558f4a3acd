import { type Paper, writePaper } from '../../../console/papers/paper.ts';
import { paperLanguageOf, paperLanguages, wordsIn } from '../../../console/papers/words.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { factsOf } from '../../support/paper-facts.ts';
import { toldTrades } from '../../support/told-trades.ts';

const usd = (minor: bigint) => money('USD', minor);
const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ');
const fieldOf = ({ fields }: Paper, label: string) => fields.find(([name]) => name === label)?.[1];
const en = wordsIn('en');

describe('A commercial invoice', () => {
  it('says who sells what to whom, at which value, and on which terms', async () => {
    const paper = writePaper(await factsOf(toldTrades.delivered), 'commercial_invoice', 'en');
    expect(paper.title).toBe('Commercial invoice');
    expect(paper.parties[0]?.lines).toEqual([
      ...['Harbor Motion Controls Inc.', 'Daniel Reyes', '1200 Alaskan Way'],
      ...['98101 Seattle WA', 'United States', '+1 206 555 0142'],
    ]);
    expect(paper.rows).toEqual([
      ['Servo drives, 2 kW', '850440', 'United States', '20', '18.000 kg', '$9,000.00'],
      ['Encoder cables, 5 m', '854442', 'Mexico', '40', '6.000 kg', '$2,500.00'],
    ]);
    expect(paper.totals).toEqual([
      ['Goods', '$11,500.00'],
      ['Total', '$11,500.00'],
    ]);
    expect(fieldOf(paper, en.number)).toBe('PO-2026-000117');
    expect(fieldOf(paper, en.currency)).toBe('USD');
    expect(fieldOf(paper, en.terms)).toBe('DAP Berlin, Germany (Incoterms 2020)');
    expect(fieldOf(paper, en.carrier)).toBe('UPS');
  });

  it('names the seller’s place where the seller’s part ends there', async () => {
    const [, ...rest] = toldTrades.delivered.escrow;
    const escrow = [{ ...story.tradeOpened, incoterm: 'FCA' as const }, ...rest];
    const paper = writePaper(await factsOf({ escrow }), 'commercial_invoice', 'en');
    expect(fieldOf(paper, en.terms)).toBe('FCA Seattle, United States (Incoterms 2020)');
    expect(fieldOf(paper, en.carrier)).toBeUndefined();
  });

  it.each([
    [undefined, ['Goods', 'Other charges', 'Total']],
    [
      { freight: usd(90_000n), insurance: usd(10_000n) },
      ['Goods', 'Freight', 'Insurance', 'Total'],
    ],
  ])('sums to the amount with charges of %j', async (charges, labels) => {
    const [first, second] = story.tradeOpened.items;
    if (first === undefined || second === undefined) throw new Error('The story has two items.');
    const items = [{ ...first, value: usd(800_000n) }, second];
    const opened = { ...story.tradeOpened, items, ...(charges === undefined ? {} : { charges }) };
    const facts = await factsOf({ escrow: [opened, ...toldTrades.delivered.escrow.slice(1)] });
    const paper = writePaper(facts, 'commercial_invoice', 'en');
    expect(paper.totals.map(([label]) => label)).toEqual(labels);
    const parts = [facts.goods, facts.freight, facts.insurance, facts.otherCharges];
    const sum = parts.reduce((total, part) => total + (part?.amountMinor ?? 0n), 0n);
    expect(sum).toBe(facts.total.amountMinor);
  });
});

describe('A packing list', () => {
  it('says what is in the parcels and what it weighs, and no price', async () => {
    const paper = writePaper(await factsOf(toldTrades.delivered), 'packing_list', 'de');
    expect(paper.title).toBe('Packliste');
    expect(paper.rows[0]?.map(plain)).toEqual([
      ...['1 / 1', 'Servo drives, 2 kW', '850440', 'Vereinigte Staaten', '20', '18,000 kg'],
    ]);
    expect(paper.totals.map(([label, value]) => [label, plain(value)])).toEqual([
      ['Packstück', '1'],
      ['Menge', '60'],
      ['Gewicht', '24,000 kg'],
    ]);
    expect(JSON.stringify(paper)).not.toContain('$');
  });
});

describe('A packing list of several parcels', () => {
  it('says what is in each, and together they are the whole', async () => {
    const items = story.tradeOpened.items.map((item) => ({ ...item, weightGrams: 45_000 }));
    const escrow = [{ ...story.tradeOpened, items }, ...toldTrades.delivered.escrow.slice(1)];
    const facts = await factsOf({ escrow });
    const { rows, totals } = writePaper(facts, 'packing_list', 'en');
    expect(totals[0]).toEqual(['Parcel', '3']);
    expect(new Set(rows.map(([parcel]) => parcel))).toEqual(new Set(['1 / 3', '2 / 3', '3 / 3']));
    const pieces = rows.reduce((sum, row) => sum + Number(row[4]), 0);
    expect(pieces).toBe(facts.pieces);
    const grams = facts.parcels.flat().reduce((sum, { weightGrams }) => sum + weightGrams, 0);
    expect(grams).toBe(90_000);
  });
});

describe('The language of a paper', () => {
  it.each([
    ['DE', 'de'],
    ['AT', 'de'],
    ['US', 'en'],
    ['BR', 'pt'],
    ['MX', 'es'],
    ['BE', 'nl'],
    ['RU', 'ru'],
    ['KR', 'ko'],
    ['CN', 'zh'],
    ['TW', 'zh'],
    ['JP', 'ja'],
    ['SA', 'ar'],
    ['IN', 'hi'],
    ['SE', 'en'],
  ])('of %s is %s', (country, language) => {
    expect(paperLanguageOf(country)).toBe(language);
  });

  it('has every word, each of its own', () => {
    for (const language of paperLanguages) {
      const words = Object.values(wordsIn(language));
      expect(words.every((word) => word !== '')).toBe(true);
      expect(wordsIn(language).page).toMatch(/\{n\}.*\{of\}/);
      expect(wordsIn(language).declaration).not.toBe(language === 'en' ? '' : en.declaration);
    }
  });
});
