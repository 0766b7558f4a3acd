import * as z from 'zod/mini';

/** The provider refused to cancel: the buyer has paid or is paying. */
export const CancellationRefused = z.strictObject({
  type: z.literal('CancellationRefused'),
  version: z.literal(1),
  paymentStatus: z.string().check(z.minLength(1), z.maxLength(40)),
});
export type CancellationRefused = z.infer<typeof CancellationRefused>;
