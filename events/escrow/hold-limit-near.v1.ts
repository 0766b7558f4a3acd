import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';
import { instant, opaqueId } from '../common.ts';

/** Four fifths of the time that money may be held have passed, and so much is still held. */
export const HoldLimitNear = z.strictObject({
  type: z.literal('HoldLimitNear'),
  version: z.literal(1),
  tradeId: opaqueId,
  held: moneySchema,
  limitAt: instant,
  noticedAt: instant,
});
export type HoldLimitNear = z.infer<typeof HoldLimitNear>;
