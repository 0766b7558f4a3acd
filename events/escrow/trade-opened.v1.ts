import * as z from 'zod/mini';
import { currencySchema, moneySchema } from '../../src/money/schema.ts';
import {
  countryCode,
  incoterm,
  instant,
  opaqueId,
  partyReference,
  positiveInt,
  sha256,
} from '../common.ts';
import { FxQuote } from '../fx/fx-quote.v1.ts';
import { DocumentType } from './document-presented.v1.ts';

/** One line of the order, as customs will ask for it. `value` is the whole line's. */
export const TradeItem = z.strictObject({
  description: z.string().check(z.minLength(1), z.maxLength(200)),
  hsCode: z.string().check(z.regex(/^\d{6,10}$/)),
  originCountry: countryCode,
  quantity: positiveInt,
  weightGrams: positiveInt,
  value: moneySchema,
});
export type TradeItem = z.infer<typeof TradeItem>;

/**
 * What releases a milestone, besides the buyer's word, which always does: all parcels delivered and
 * the inspection over; nothing else; a paper; or a day.
 */
export const ReleaseRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('inspection') }),
  z.strictObject({ rule: z.literal('acceptance') }),
  z.strictObject({ rule: z.literal('document'), documentType: DocumentType }),
  z.strictObject({ rule: z.literal('date'), releaseAt: instant }),
]);
export type ReleaseRule = z.infer<typeof ReleaseRule>;

/** A part of the amount with its own release rule; without one it is the inspection. */
export const Milestone = z.strictObject({
  milestoneId: z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)),
  amount: moneySchema,
  inspectionPeriodSeconds: z.int().check(z.gte(0)),
  release: z.optional(ReleaseRule),
});
export type Milestone = z.infer<typeof Milestone>;

/** The timetable of a trade's disputes, and who gets the money that nobody decides on. */
export const DisputeRules = z.strictObject({
  negotiationSeconds: positiveInt,
  escalationSeconds: positiveInt,
  decisionSeconds: positiveInt,
  silenceAwards: z.enum(['buyer', 'seller']),
});
export type DisputeRules = z.infer<typeof DisputeRules>;

/** A marketplace opened a trade: its terms, the locked quote, and the last moment to pay. */
export const TradeOpened = z.strictObject({
  type: z.literal('TradeOpened'),
  version: z.literal(1),
  tradeId: opaqueId,
  marketplaceId: opaqueId,
  requestHash: sha256,
  reference: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  buyer: partyReference,
  seller: z.extend(partyReference, { payoutAccountId: opaqueId }),
  incoterm,
  items: z.array(TradeItem).check(z.minLength(1)),
  amount: moneySchema,
  payInCurrency: currencySchema,
  quote: FxQuote,
  milestones: z.array(Milestone).check(z.minLength(1)),
  feeBasisPoints: z.int().check(z.gte(0), z.lte(10_000)),
  payBy: instant,
  /** What the duties are likely to be, where the seller pays them; set aside once the money is held. */
  dutyEstimate: z.optional(moneySchema),
  /** How the export was declared to the authorities. Absent: not, or not by whoever opened the trade. */
  exportReference: z.optional(z.string().check(z.minLength(3), z.maxLength(40))),
  /** What of the amount is not the goods'. Absent: whatever the lines leave. */
  charges: z.optional(
    z.strictObject({
      freight: z.optional(moneySchema),
      insurance: z.optional(moneySchema),
      other: z.optional(moneySchema),
    }),
  ),
  /** How long each part of a dispute takes. Absent: three, seven and fourteen days, else the buyer's. */
  disputes: z.optional(DisputeRules),
  /** How long after the payment the goods must be with the carrier. Absent: as long as it takes. */
  shipWithinSeconds: z.optional(positiveInt),
  /** How long the money may be held at all, from its payment on. Absent: without a limit. */
  holdLimitSeconds: z.optional(positiveInt),
});
export type TradeOpened = z.infer<typeof TradeOpened>;
