import * as z from 'zod/mini';
import { InvalidMoneyError } from './errors.ts';
import type { Money } from './money.ts';
import { signedMoneySchema } from './schema.ts';

/** Money as it is sent and stored: a JSON number could not hold every amount. */
export type MoneyJson = { readonly currency: string; readonly amountMinor: string };

/**
 * @example moneyToJson(money('USD', 1_150_000n)) // { currency: 'USD', amountMinor: '1150000' }
 */
export const moneyToJson = ({ currency, amountMinor }: Money): MoneyJson => ({
  currency,
  amountMinor: amountMinor.toString(),
});

/**
 * The money that `moneyToJson` wrote, negative or not. `InvalidMoneyError`, which names every
 * offending field, for anything else. Input from outside is parsed by the schemas instead.
 */
export const moneyFromJson = (value: unknown): Money => {
  const result = z.safeParse(signedMoneySchema, value);
  if (!result.success) {
    throw new InvalidMoneyError(z.prettifyError(result.error));
  }
  return result.data;
};
