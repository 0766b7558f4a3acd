import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** Evidence without a person in it: what the trade's own streams say of carriage and acceptance. */
export const HeldEvidence = z.strictObject({
  carrier: z.optional(z.string()),
  trackingNumber: z.optional(z.string()),
  deliveredAt: z.optional(instant),
  statement: z.string().check(z.minLength(1)),
});
export type HeldEvidence = z.infer<typeof HeldEvidence>;

/**
 * The intent to answer a chargeback, recorded before the provider is told; the call's key follows
 * from `responseId`. Contested, `evidence` is what we hold; words of a person are in the vault under
 * `wordsReference`. `submissionsBefore` is how often evidence was handed in before this.
 */
export const ChargebackResponseRequested = z.strictObject({
  type: z.literal('ChargebackResponseRequested'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  responseId: opaqueId,
  response: z.enum(['contest', 'accept']),
  evidence: z.optional(HeldEvidence),
  wordsReference: z.optional(opaqueId),
  submissionsBefore: z.int().check(z.nonnegative()),
  requestedAt: instant,
});
export type ChargebackResponseRequested = z.infer<typeof ChargebackResponseRequested>;
