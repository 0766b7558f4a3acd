import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * The provider has our answer to a chargeback. Without `responseId` it was given at the provider by
 * hand. `submissions` is how often evidence has been handed in by now.
 */
export const ChargebackAnswered = z.strictObject({
  type: z.literal('ChargebackAnswered'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  responseId: z.optional(opaqueId),
  response: z.enum(['contest', 'accept']),
  submissions: z.int().check(z.nonnegative()),
  answeredAt: instant,
});
export type ChargebackAnswered = z.infer<typeof ChargebackAnswered>;
