import * as z from 'zod/mini';
import { opaqueId, sha256 } from '../common.ts';
import { FxQuote, LockLength } from './fx-quote.v1.ts';

/**
 * A quote that was given before checkout. It belongs to a marketplace and to no trade yet; the trade
 * that uses it gets a copy under its own id. `requestHash` is the body that asked for it.
 */
export const OfferedQuote = z.extend(z.omit(FxQuote, { tradeId: true }), {
  marketplaceId: opaqueId,
  requestHash: sha256,
  lock: LockLength,
  policyVersion: z.string().check(z.minLength(1), z.maxLength(64)),
});
export type OfferedQuote = z.infer<typeof OfferedQuote>;
