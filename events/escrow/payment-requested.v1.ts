import * as z from 'zod/mini';
import { opaqueId } from '../common.ts';

/** The provider holds a payment intent for this trade. */
export const PaymentRequested = z.strictObject({
  type: z.literal('PaymentRequested'),
  version: z.literal(1),
  paymentIntentId: opaqueId,
});
export type PaymentRequested = z.infer<typeof PaymentRequested>;
