import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';
import { opaqueId } from '../common.ts';

/**
 * Receipts and bank transfers together are the whole price. The provider charges only the whole of a payment,
 * so that is to be lowered to `rest`, which is what the receipts have not paid.
 */
export const RestRequested = z.strictObject({
  type: z.literal('RestRequested'),
  version: z.literal(1),
  tradeId: opaqueId,
  rest: positiveMoneySchema,
});
export type RestRequested = z.infer<typeof RestRequested>;
