import * as z from 'zod/mini';
import { moneySchema } from '../../src/money/schema.ts';

/**
 * The body of `…/duties/{dutyId}/payment`, which may be left out: what customs or the carrier billed, in
 * the trade's currency, where it is not what was set aside. Nothing at all is an amount of zero.
 */
export const PayDuties = z.strictObject({ billed: z.optional(moneySchema) });
export type PayDuties = z.infer<typeof PayDuties>;
