import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * The buyer's bank gave the money back. `residual` is what of the withdrawn sum did not return, in
 * the provider's currency: an exchange result, where it converted twice.
 */
export const ChargebackWon = z.strictObject({
  type: z.literal('ChargebackWon'),
  version: z.literal(1),
  tradeId: opaqueId,
  chargebackId: opaqueId,
  residual: signedMoneySchema,
  closedAt: instant,
});
export type ChargebackWon = z.infer<typeof ChargebackWon>;
