import type { OfferedQuote } from '../../../events/fx/offered-quote.v1.ts';
import type { QuoteStore, StoredQuote } from '../../../src/fx/ports.ts';
import type { Sim } from '../engine/sim.ts';
import type { Task } from '../engine/tasks.ts';
import { AWS_READ, AWS_WRITE } from './aws-errors.ts';

export type QuotesTable = { readonly storeFor: (task: Task) => QuoteStore };

/** The quotes that were given before checkout: written once, claimed by one conditional write. */
export function createQuotes(sim: Sim): QuotesTable {
  const quotes = new Map<string, OfferedQuote>();
  const holders = new Map<string, string>();

  const get = (quoteId: string): StoredQuote | undefined => {
    const quote = quotes.get(quoteId);
    if (quote === undefined) return undefined;
    return structuredClone({ quote, usedByTradeId: holders.get(quoteId) ?? null });
  };

  return {
    storeFor: (task) => ({
      get: (quoteId) =>
        sim.calls.call(task, {
          kind: 'quotes.get',
          subject: quoteId,
          faults: AWS_READ,
          effect: () => get(quoteId),
        }),
      putIfAbsent: (quote) =>
        sim.calls.call(task, {
          kind: 'quotes.put',
          subject: quote.id,
          faults: AWS_WRITE,
          effect: () => {
            if (quotes.has(quote.id)) return false;
            quotes.set(quote.id, structuredClone(quote));
            return true;
          },
        }),
      claim: (quoteId, tradeId) =>
        sim.calls.call(task, {
          kind: 'quotes.claim',
          subject: `${quoteId} ${tradeId}`,
          faults: AWS_WRITE,
          effect: () => {
            const holder = holders.get(quoteId) ?? tradeId;
            holders.set(quoteId, holder);
            return holder;
          },
        }),
    }),
  };
}
