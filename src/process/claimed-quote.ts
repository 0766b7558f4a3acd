import type { QuoteAnswer, QuoteDesk } from '../escrow/ports.ts';
import type { QuoteStore, StoredQuote } from '../fx/ports.ts';
import { isExpired } from '../fx/quote.ts';
import { indicativeRefusal } from './quote-desk.ts';

/**
 * A desk for one checkout, which honors the quote that the marketplace was given before, once: it is
 * used up by the trade that names it first. What is owed and paid must be what was quoted.
 */
export const claimedQuoteDesk = (
  desk: QuoteDesk,
  claim: {
    readonly quotes: Pick<QuoteStore, 'get' | 'claim'>;
    readonly quoteId: string;
    readonly marketplaceId: string;
    /** As at a checkout without a quote; not by default. */
    readonly allowsIndicative?: boolean;
  },
): QuoteDesk => ({
  ...desk,
  quote: async ({ tradeId, amount, payInCurrency, now }): Promise<QuoteAnswer> => {
    const stored = await claim.quotes.get(claim.quoteId);
    if (stored === undefined || stored.quote.marketplaceId !== claim.marketplaceId) {
      return refused('quote.not_found', 'There is no such quote.');
    }
    const { marketplaceId: _, requestHash: __, ...offered } = stored.quote;
    const isSameBuy =
      offered.buy.currency === amount.currency && offered.buy.amountMinor === amount.amountMinor;
    if (!isSameBuy || offered.sell.currency !== payInCurrency) {
      return refused('quote.terms_differ', 'The quote is for another amount or currency.');
    }
    const isIndicative = offered.reference.source === 'INDICATIVE';
    if (isIndicative && claim.allowsIndicative !== true) return indicativeRefusal;
    const unusable = problemOf(stored, tradeId, now);
    if (unusable !== undefined) return unusable;
    const holder = await claim.quotes.claim(claim.quoteId, tradeId);
    if (holder !== tradeId) return used;
    return { kind: 'quoted', quote: { ...offered, tradeId }, payBy: offered.expiresAt };
  },
});

const refused = (code: string, detail: string) => ({ kind: 'refused', code, detail }) as const;

const used = refused('quote.used', 'Another trade has used this quote.');

/** A trade that has its quote keeps it, however long the rest of its checkout takes. */
function problemOf({ quote, usedByTradeId }: StoredQuote, tradeId: string, now: Date) {
  if (usedByTradeId === tradeId) return undefined;
  if (usedByTradeId !== null) return used;
  return isExpired(quote, now)
    ? refused('quote.expired', `The quote expired at ${quote.expiresAt}.`)
    : undefined;
}
