import * as z from 'zod/mini';
import { signedMoneySchema } from '../../src/money/schema.ts';

/** A month of the books: `YYYY-MM`, by UTC. */
export const periodId = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/));

/** The turnover of an account in a currency, in minor units, from the beginning up to the period's end. */
export const accountTurnover = z.strictObject({
  account: z.string().check(z.regex(/^\d{4}$/)),
  debit: signedMoneySchema,
  credit: signedMoneySchema,
});

/** What an open position is worth at the closing rate. `value` is in the base currency. */
export const valuedPosition = z.strictObject({
  position: signedMoneySchema,
  value: signedMoneySchema,
});

/**
 * What the open positions are worth together at the closing rate: the result that is not realized, which
 * belongs to this period on 5210 and to no later one.
 */
export const revaluation = z.strictObject({
  rateDate: z.nullable(z.iso.date()),
  positions: z.array(valuedPosition),
  unrealized: signedMoneySchema,
});
export type Revaluation = z.infer<typeof revaluation>;
