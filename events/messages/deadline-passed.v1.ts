import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/**
 * What can fall due: paying, inspecting, the provider confirming a payout or a refund, a dispute's next
 * step, another look at a payout that waits, the closing of a batch, the answer to a chargeback, a
 * carrier from which nothing was heard, a delivery that has stood long enough, and a parcel that nobody
 * follows (any more).
 */
export const DeadlineKind = z.enum([
  'payment_due',
  'inspection_end',
  'payout_confirmation',
  'refund_confirmation',
  'dispute_escalation',
  'dispute_decision',
  'payout_retry',
  'batch_cutoff',
  'release_date',
  'shipping_due',
  'hold_warning',
  'hold_forced',
  'transfer_check',
  'evidence_near',
  'evidence_due',
  'carrier_silent',
  'delivery_stable',
  'subscription_due',
]);
export type DeadlineKind = z.infer<typeof DeadlineKind>;

/** A deadline has passed by the clock. It is a hint: the aggregate decides whether it still counts. */
export const DeadlinePassed = z.strictObject({
  kind: z.literal('deadline_passed'),
  version: z.literal(1),
  messageId: z.string().check(z.minLength(1), z.maxLength(300)),
  deadline: DeadlineKind,
  tradeId: opaqueId,
  marketplaceId: opaqueId,
  subjectId: opaqueId,
  dueAt: instant,
});
export type DeadlinePassed = z.infer<typeof DeadlinePassed>;
