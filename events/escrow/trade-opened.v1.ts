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

/** A part of the amount with its own release rule: all parcels delivered, then the inspection. */
export const Milestone = z.strictObject({
  milestoneId: z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)),
  amount: moneySchema,
  inspectionPeriodSeconds: z.int().check(z.gte(0)),
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
  /** How long each part of a dispute takes. Absent: three, seven and fourteen days, else the buyer's. */
  disputes: z.optional(DisputeRules),
});
export type TradeOpened = z.infer<typeof TradeOpened>;
