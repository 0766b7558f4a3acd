import { pegs } from '../../../src/fx/pegs.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';
import { bundledDay } from './rate-days.ts';

describe('A pegged currency', () => {
  it.each(Object.entries(pegs))(
    '%s has an anchor that the ECB publishes',
    (currency, { anchor }) => {
      expect(anchor === 'EUR' || anchor in bundledDay.rates).toBe(true);
      expect(bundledDay.rates).not.toHaveProperty(currency);
    },
  );
});

(corpusDirectory() === undefined ? describe.skip : describe)(
  corpusTest('The collected pegs of the central banks'),
  () => {
    it('have the same figures', () => {
      const collected: { quote: string; base: string; rate: number }[] = JSON.parse(
        readCorpus('fx', 'pegs.json').toString('utf8'),
      );
      for (const [currency, { anchor, perAnchor }] of Object.entries(pegs)) {
        const peg = collected.find(({ quote }) => quote === currency);
        expect(peg).toMatchObject({ base: anchor });
        expect(String(peg?.rate)).toBe(perAnchor);
      }
    });
  },
);
