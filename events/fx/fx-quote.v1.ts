import * as z from 'zod/mini';
import { moneySchema, positiveMoneySchema, rationalSchema } from '../../src/money/schema.ts';
import { instant, opaqueId, sha256 } from '../common.ts';

const basisPoints = z.int().check(z.gte(0), z.lt(10_000));

/**
 * A price for exchanging currencies, honoured until `expiresAt` for one trade.
 *
 * The customer pays `sell` and the trade receives `buy`. `mid` and `client` are exact ratios in
 * major units of `buy` for one major unit of `sell`: what the market says, and what is honoured.
 * `spread` is the part of `sell` that mid alone would not have needed.
 */
export const FxQuote = z.strictObject({
  id: opaqueId,
  tradeId: opaqueId,
  fixedSide: z.enum(['buy', 'sell']),
  sell: positiveMoneySchema,
  buy: positiveMoneySchema,
  reference: z.strictObject({ source: z.literal('ECB'), rateDate: z.iso.date(), sha256 }),
  mid: rationalSchema,
  client: rationalSchema,
  marginBasisPoints: basisPoints,
  lockPremiumBasisPoints: basisPoints,
  midSell: positiveMoneySchema,
  spread: moneySchema,
  createdAt: instant,
  expiresAt: instant,
});
export type FxQuote = z.infer<typeof FxQuote>;
