import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * A part of what the buyer has to pay has come. `received` is all that has come that way so far,
 * `added` what is new of it, in the currency charged. A `transfer` lies on the buyer's cash balance
 * at the provider, under the payment intent; a `receipt` on our segregated account, under the
 * movement that finance identified.
 */
export const PartialPaymentReceived = z.strictObject({
  type: z.literal('PartialPaymentReceived'),
  version: z.literal(1),
  tradeId: opaqueId,
  way: z.enum(['transfer', 'receipt']),
  reference: opaqueId,
  added: positiveMoneySchema,
  received: positiveMoneySchema,
  receivedAt: instant,
});
export type PartialPaymentReceived = z.infer<typeof PartialPaymentReceived>;
