import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/**
 * Receipts have funded the trade: its payment at the provider is to be closed, so that nobody pays
 * it too, and what was transferred for it goes back.
 */
export const PaymentNoLongerNeeded = z.strictObject({
  type: z.literal('PaymentNoLongerNeeded'),
  version: z.literal(1),
  tradeId: opaqueId,
});
export type PaymentNoLongerNeeded = z.infer<typeof PaymentNoLongerNeeded>;
