import * as z from 'zod/mini';
import { positiveMoneySchema } from '../../src/money/schema.ts';

/** The body of `POST /v1/trades/{tradeId}/duties`: what customs will take, in the trade's currency. */
export const EarmarkDuties = z.strictObject({ amount: positiveMoneySchema });
export type EarmarkDuties = z.infer<typeof EarmarkDuties>;
