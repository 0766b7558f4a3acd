import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/**
 * What others say and what our books expected are one movement but for so much: it is within what is
 * tolerated, or a person accepted it with a match by hand (`breakId`). `amount` is what others say, less what was expected; `asset` takes it, against `account`.
 */
export const DifferenceTolerated = z.strictObject({
  type: z.literal('DifferenceTolerated'),
  version: z.literal(1),
  movementId: opaqueId,
  amount: signedMoneySchema,
  asset: z.enum(['1100', '1200', '1400']),
  account: z.enum(['5000', '5200', '5300', '5500']),
  breakId: z.optional(opaqueId),
  occurredAt: instant,
});
export type DifferenceTolerated = z.infer<typeof DifferenceTolerated>;
