import * as z from 'zod/mini';
import {
  currencySchema,
  moneySchema,
  positiveMoneySchema,
  rationalSchema,
} from '../../src/money/schema.ts';
import { instant, opaqueId, sha256 } from '../common.ts';

const basisPoints = z.int().check(z.gte(0), z.lt(10_000));

/**
 * Where a rate comes from: the ECB's reference rates, a fixed rate to a currency of theirs, or a
 * second source that no authority stands behind.
 */
export const RateSource = z.enum(['ECB', 'PEG', 'INDICATIVE']);

/** One currency's units for one euro, and the file that the figure or its anchor's stands in. */
const RateLeg = z.strictObject({
  currency: currencySchema,
  source: RateSource,
  perEuro: rationalSchema,
  rateDate: z.iso.date(),
  sha256,
  anchor: z.optional(currencySchema),
});

/** How long a price is held: not at all, 5 or 30 minutes, an hour, a day. */
export const LockLength = z.enum(['NONE', 'M5', 'M30', 'H1', 'H24']);

/**
 * A price for exchanging currencies, honoured until `expiresAt` for one trade.
 *
 * The customer pays `sell` and the trade receives `buy`. `mid` and `client` are exact ratios in
 * major units of `buy` for one major unit of `sell`: what the market says, and what is honoured.
 * `spread` is the part of `sell` that mid alone would not have needed. `reference` is the weakest of
 * the sources; `legs` stand there where it is not the ECB alone. `stale` marks a price on rates that
 * are two publications behind.
 */
export const FxQuote = z.strictObject({
  id: opaqueId,
  tradeId: opaqueId,
  fixedSide: z.enum(['buy', 'sell']),
  sell: positiveMoneySchema,
  buy: positiveMoneySchema,
  reference: z.strictObject({
    source: RateSource,
    rateDate: z.iso.date(),
    sha256,
    legs: z.optional(z.array(RateLeg).check(z.minLength(1), z.maxLength(2))),
  }),
  mid: rationalSchema,
  client: rationalSchema,
  marginBasisPoints: basisPoints,
  lockPremiumBasisPoints: basisPoints,
  midSell: positiveMoneySchema,
  spread: moneySchema,
  lock: z.optional(LockLength),
  stale: z.optional(z.literal(true)),
  policyVersion: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  createdAt: instant,
  expiresAt: instant,
});
export type FxQuote = z.infer<typeof FxQuote>;
