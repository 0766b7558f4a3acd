import * as z from 'zod/mini';
import { countryCode, instant, opaqueId } from '../common.ts';

/**
 * A bank account to pay the seller to. Whose it is and its number stand in the vault under
 * `accountReference`, which is another one each time the account changes.
 */
export const PayoutAccountRegistered = z.strictObject({
  type: z.literal('PayoutAccountRegistered'),
  version: z.literal(1),
  sellerAccountId: opaqueId,
  payoutAccountId: opaqueId,
  accountReference: opaqueId,
  country: countryCode,
  registeredAt: instant,
});
export type PayoutAccountRegistered = z.infer<typeof PayoutAccountRegistered>;
