import * as z from 'zod/mini';
import { currencySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { LockLength } from '../fx/fx-quote.v1.ts';

/**
 * The body of `POST /v1/quotes`. `amount` is the side that is fixed: what the trade receives (`buy`)
 * or what the customer pays (`sell`). The other side is priced in `otherCurrency`.
 */
export const CreateQuote = z.strictObject({
  fixedSide: z.enum(['buy', 'sell']),
  amount: positiveMoneySchema,
  otherCurrency: currencySchema,
  lock: z.optional(LockLength),
});
export type CreateQuote = z.infer<typeof CreateQuote>;
