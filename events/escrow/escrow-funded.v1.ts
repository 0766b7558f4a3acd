import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The buyer's money is on the platform's balance at the provider. `received` is what the buyer was
 * charged, `settled` what the provider credited for it before its `fee` (another currency when the
 * provider converted), all three read back from the provider, as is `availableOn`: before it the money
 * can't be moved on but as a transfer of this very charge.
 */
export const EscrowFunded = z.strictObject({
  type: z.literal('EscrowFunded'),
  version: z.literal(1),
  tradeId: opaqueId,
  paymentIntentId: opaqueId,
  chargeId: opaqueId,
  received: moneySchema,
  settled: moneySchema,
  fee: moneySchema,
  capturedAt: instant,
  availableOn: z.optional(instant),
});
export type EscrowFunded = z.infer<typeof EscrowFunded>;
