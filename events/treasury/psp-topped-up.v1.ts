import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** Money went from the segregated bank account to the balance at the payment provider, to pay sellers from. */
export const PspToppedUp = z.strictObject({
  type: z.literal('PspToppedUp'),
  version: z.literal(1),
  movementId: opaqueId,
  /** What the provider calls it, where the bank calls it otherwise. */
  providerReference: z.optional(opaqueId),
  amount: positiveMoneySchema,
  occurredAt: instant,
});
export type PspToppedUp = z.infer<typeof PspToppedUp>;
