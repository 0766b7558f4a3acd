import { OfferedQuote } from '../../events/fx/offered-quote.v1.ts';
import type { QuoteStore } from '../../src/fx/ports.ts';
import { sample } from './builders.ts';

/** The published sample, or another one like it. */
export const offeredQuote = (change: Partial<OfferedQuote> = {}): OfferedQuote => ({
  ...sample(OfferedQuote, 'fx/offered-quote'),
  ...change,
});

/** What every adapter of the quote store promises. `make` gives an empty one. */
export const describeQuoteStore = (name: string, make: () => Promise<QuoteStore>): void => {
  describe(`${name} as a quote store`, () => {
    const quote = offeredQuote();
    let store: QuoteStore;
    beforeEach(async () => {
      store = await make();
    });

    it('has no quote until one is put', async () => {
      expect(await store.get(quote.id)).toBeUndefined();
    });

    it('answers a quote as it was put, unused', async () => {
      expect(await store.putIfAbsent(quote)).toBe(true);
      expect(await store.get(quote.id)).toEqual({ quote, usedByTradeId: null });
      expect(await store.get(`${quote.id}x`)).toBeUndefined();
    });

    it('never overwrites a quote, and says so', async () => {
      await store.putIfAbsent(quote);
      const other = offeredQuote({ marginBasisPoints: 1 });
      expect(await store.putIfAbsent(other)).toBe(false);
      expect(await store.get(quote.id)).toEqual({ quote, usedByTradeId: null });
    });

    it('gives a quote to the trade that comes first, as often as it asks', async () => {
      await store.putIfAbsent(quote);
      expect(await store.claim(quote.id, 'trd_1')).toBe('trd_1');
      expect(await store.claim(quote.id, 'trd_2')).toBe('trd_1');
      expect(await store.claim(quote.id, 'trd_1')).toBe('trd_1');
      expect(await store.get(quote.id)).toEqual({ quote, usedByTradeId: 'trd_1' });
    });

    it('gives it to exactly one of those that come at once', async () => {
      await store.putIfAbsent(quote);
      const trades = Array.from({ length: 20 }, (_, index) => `trd_${index}`);
      const holders = await Promise.all(trades.map((tradeId) => store.claim(quote.id, tradeId)));
      expect(new Set(holders).size).toBe(1);
      expect((await store.get(quote.id))?.usedByTradeId).toBe(holders[0]);
    });

    it('keeps quotes apart', async () => {
      const other = offeredQuote({ id: 'fxq_00000000000000000000000000' });
      await store.putIfAbsent(quote);
      await store.putIfAbsent(other);
      await store.claim(quote.id, 'trd_1');
      expect(await store.get(other.id)).toEqual({ quote: other, usedByTradeId: null });
    });
  });
};
