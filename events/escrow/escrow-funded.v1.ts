import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The buyer's money is on the platform's balance at the provider. `received` is what the buyer was
 * charged, `settled` what the provider credited for it before its `fee` (another currency when the
 * provider converted), all three read back from the provider. `capturedAt` is when the money was taken, which
 * for a bank debit is days after its charge was made; `availableOn` is read back too: before it the money
 * can't be moved on but as a transfer of this very charge. What came by receipts lies on the segregated
 * account instead, is named by the last of them, and has no fee.
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
  /** What of `received` was booked before, as parts came on the buyer's cash balance. */
  applied: z.optional(positiveMoneySchema),
  /** What the buyer transferred beyond the charge: it lies on the cash balance. */
  unused: z.optional(positiveMoneySchema),
  /** What of `received` came by receipts before the charge of the rest, which `settled` and `fee` are of. */
  byReceipts: z.optional(positiveMoneySchema),
  /** The receipts on the segregated account that the money came by, where it did. */
  receiptIds: z.optional(z.array(opaqueId).check(z.minLength(1))),
});
export type EscrowFunded = z.infer<typeof EscrowFunded>;
