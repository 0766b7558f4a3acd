import { wholePayout } from '../../src/adapters/stripe/amounts.ts';
import { allocate, shareByBasisPoints } from '../../src/money/allocate.ts';
import type { CurrencyCode } from '../../src/money/currency.ts';
import { exchange } from '../../src/money/exchange.ts';
import { fromMajorString } from '../../src/money/format.ts';
import {
  add,
  compare,
  type Money,
  money,
  negate,
  subtract,
  sum,
  zero,
} from '../../src/money/money.ts';
import { one } from '../../src/money/rational.ts';

/** Not run: `tsc` fails if one of the marked lines begins to compile, or if another stops to. */

const dollars = money('USD', 1n);
const euros = money('EUR', 1n);

add(dollars, money('USD', 2n)) satisfies Money<'USD'>;
subtract(dollars, money('USD', 2n)) satisfies Money<'USD'>;
sum('USD', [dollars, zero('USD')]) satisfies Money<'USD'>;
allocate(dollars, [1n, 2n]) satisfies Money<'USD'>[];
shareByBasisPoints(dollars, 250, 'floor') satisfies Money<'USD'>;
compare(dollars, zero('USD')) satisfies -1 | 0 | 1;
negate(dollars) satisfies Money<'USD'>;
fromMajorString('USD', '1.00') satisfies Money<'USD'>;
exchange(dollars, { to: 'EUR', rate: one, rounding: 'floor' }) satisfies Money<'EUR'>;
wholePayout(money('HUF', 1n)).payable satisfies Money<'HUF'>;

// @ts-expect-error Dollars and euros have no sum.
add(dollars, euros);
// @ts-expect-error Dollars and euros have no difference.
subtract(dollars, euros);
// @ts-expect-error Dollars and euros have no order.
compare(dollars, euros);
// @ts-expect-error A list of euros has no total in dollars.
sum('USD', [euros]);
// @ts-expect-error What was exchanged into euros is not added to dollars.
add(dollars, exchange(dollars, { to: 'EUR', rate: one, rounding: 'floor' }));
// @ts-expect-error An exchange names its rounding.
exchange(dollars, { to: 'EUR', rate: one });
// @ts-expect-error A part of euros is not a part of dollars.
allocate(euros, [1n, 1n]) satisfies Money<'USD'>[];
// @ts-expect-error A mixed list has no total.
sum('USD', [dollars, euros]);
// @ts-expect-error Euros are not dollars.
euros satisfies Money<'USD'>;
// @ts-expect-error An amount is a whole number of minor units, not a float.
money('USD', 1.5);
// @ts-expect-error Gold is not money.
money('XAU', 1n);
// @ts-expect-error Not a currency at all.
zero('usd');
// @ts-expect-error A fee names its rounding.
shareByBasisPoints(dollars, 250);
// @ts-expect-error An amount of money does not change.
dollars.amountMinor = 2n;

/** Where the currency is only known at run time, the run-time check of `add` takes over. */
export const addAny = (left: Money, right: Money): Money<CurrencyCode> => add(left, right);
