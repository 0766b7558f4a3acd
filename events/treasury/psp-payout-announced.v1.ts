import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The payment provider is about to pay out to our bank account: the bank's line is expected on `arrivesOn`.
 * Told again where the provider knows by then under which `traceId` the bank will book it.
 */
export const PspPayoutAnnounced = z.strictObject({
  type: z.literal('PspPayoutAnnounced'),
  version: z.literal(1),
  movementId: opaqueId,
  payoutId: opaqueId,
  amount: positiveMoneySchema,
  arrivesOn: z.iso.date(),
  traceId: z.optional(opaqueId),
  occurredAt: instant,
});
export type PspPayoutAnnounced = z.infer<typeof PspPayoutAnnounced>;
