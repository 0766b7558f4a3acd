import * as z from 'zod/mini';
import { moneySchema, signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * What the buyer paid became the trade's amount under a quote. `midSell` is what the amount is
 * worth in the buyer's currency at the quote's mid rate; `spread` is the rest of what was received
 * (negative when the mid moved against the platform). `settled` repeats what the provider credited,
 * so that the position between the currencies can be closed.
 */
export const FundsConverted = z.strictObject({
  type: z.literal('FundsConverted'),
  version: z.literal(1),
  tradeId: opaqueId,
  quoteId: opaqueId,
  rateDate: z.iso.date(),
  received: moneySchema,
  converted: moneySchema,
  midSell: moneySchema,
  spread: signedMoneySchema,
  settled: moneySchema,
  /** With it `settled` is of a part: the rest came by receipts, and its cover is to be traded. */
  byReceipts: z.optional(z.literal(true)),
  convertedAt: instant,
});
export type FundsConverted = z.infer<typeof FundsConverted>;
