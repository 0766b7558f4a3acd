import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/**
 * The intent to pay a seller. Recorded before the provider is called; the call's key and reference
 * follow from `payoutId`. `sourceChargeId` is the charge that the money came from, where that
 * covers it.
 */
export const PayoutRequested = z.strictObject({
  type: z.literal('PayoutRequested'),
  version: z.literal(1),
  payoutId: opaqueId,
  tradeId: opaqueId,
  milestoneId: opaqueId,
  rail: z.literal('stripe_transfer'),
  sellerId: opaqueId,
  destination: opaqueId,
  amount: moneySchema,
  sourceChargeId: z.optional(opaqueId),
});
export type PayoutRequested = z.infer<typeof PayoutRequested>;
