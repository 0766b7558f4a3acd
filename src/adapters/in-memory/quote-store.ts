import type { OfferedQuote } from '../../../events/fx/offered-quote.v1.ts';
import type { QuoteStore } from '../../fx/ports.ts';

/** Quotes given before checkout without a database: the same promises, kept for one process. */
export function inMemoryQuoteStore(): QuoteStore {
  const quotes = new Map<string, OfferedQuote>();
  const uses = new Map<string, string>();
  return {
    get: async (quoteId) => {
      const quote = quotes.get(quoteId);
      return quote === undefined
        ? undefined
        : structuredClone({ quote, usedByTradeId: uses.get(quoteId) ?? null });
    },
    putIfAbsent: async (quote) => {
      if (quotes.has(quote.id)) return false;
      quotes.set(quote.id, structuredClone(quote));
      return true;
    },
    claim: async (quoteId, tradeId) => {
      const holder = uses.get(quoteId) ?? tradeId;
      uses.set(quoteId, holder);
      return holder;
    },
  };
}
