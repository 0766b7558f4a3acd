import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';

/** The body of `POST /v1/trades/{tradeId}/refunds`. `amount` is in the currency charged. */
export const RefundTrade = z.strictObject({ amount: positiveMoneySchema });
export type RefundTrade = z.infer<typeof RefundTrade>;
