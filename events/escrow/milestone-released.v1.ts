import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { countryCode, instant, opaqueId, sha256 } from '../common.ts';

/**
 * A milestone's money belongs to the seller: `amount` leaves the hold, `fee` is the platform's and
 * `net` the seller's. `rule` and `evidenceSha256` say what released it. `sourceChargeId` names the
 * charge that the money came from, where that settled in the trade's currency and covers it in full. `sellerCountry` chooses the rail. `fundsAvailableOn` is
 * when the money can be moved on without naming the charge, where that is later than the release. With
 * `paidByReceipts` it lies, all or in part, on the segregated account and not at the provider.
 */
export const MilestoneReleased = z.strictObject({
  type: z.literal('MilestoneReleased'),
  version: z.literal(1),
  tradeId: opaqueId,
  milestoneId: opaqueId,
  rule: z.enum([
    'inspection_passed',
    'buyer_accepted',
    'dispute_closed',
    'document_presented',
    'date_reached',
    'hold_limit',
  ]),
  /** What satisfied the rule, where it is not the delivery's scan; `evidenceSha256` hashes it. */
  evidence: z.optional(z.record(z.string(), z.string())),
  evidenceSha256: sha256,
  amount: moneySchema,
  fee: moneySchema,
  net: moneySchema,
  sellerId: opaqueId,
  payoutAccountId: opaqueId,
  sellerCountry: z.optional(countryCode),
  sourceChargeId: z.optional(opaqueId),
  fundsAvailableOn: z.optional(instant),
  paidByReceipts: z.optional(z.literal(true)),
  releasedAt: instant,
});
export type MilestoneReleased = z.infer<typeof MilestoneReleased>;
