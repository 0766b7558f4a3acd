import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema, signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';
import { RefundPart } from './refund-requested.v1.ts';

/**
 * The buyer's bank keeps the money. It comes out of what is held (`held`), then out of what was
 * released, which the seller owes whole (`released`), both in the trade's currency; `covered` is how
 * much of the buyer's payment that is: of `amount`, what the bank did not give back before this. `withdrawn` is what stands open at the provider, `value` what
 * held and released are worth in its currency at the latest mid rate, and `spread` what of the
 * conversion's spread is given back. `unapplied` is what of it the buyer had paid too much and was to get
 * back: in the currency charged, and what of `withdrawn` that is.
 */
export const ChargebackLost = z.strictObject({
  type: z.literal('ChargebackLost'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  sellerId: opaqueId,
  amount: positiveMoneySchema,
  covered: moneySchema,
  parts: z.array(RefundPart),
  held: moneySchema,
  released: moneySchema,
  withdrawn: signedMoneySchema,
  value: moneySchema,
  spread: moneySchema,
  unapplied: z.optional(
    z.strictObject({ amount: positiveMoneySchema, withdrawn: signedMoneySchema }),
  ),
  rateDate: z.optional(z.iso.date()),
  closedAt: instant,
});
export type ChargebackLost = z.infer<typeof ChargebackLost>;
