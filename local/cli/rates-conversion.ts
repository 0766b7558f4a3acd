import { crossRate, type Leg } from '../../src/fx/cross-rate.ts';
import type { RateDay } from '../../src/fx/rate-day.ts';
import { type CurrencyCode, isCurrencyCode, minorUnitDigits } from '../../src/money/currency.ts';
import { exchange } from '../../src/money/exchange.ts';
import { fromMajorString, toMajorString } from '../../src/money/format.ts';
import { moneyToJson } from '../../src/money/json.ts';
import type { Money } from '../../src/money/money.ts';
import {
  multiplyRational,
  type Rational,
  rational,
  rationalToJson,
  toDecimal,
} from '../../src/money/rational.ts';
import type { RoundingMode } from '../../src/money/rounding.ts';
import { RefusedError } from './rates-files.ts';

export type Conversion = {
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly rounding: RoundingMode;
};

const DISPLAYED_DIGITS = 12;

const PUBLISHERS = { ECB: 'the ECB', INDICATIVE: 'the second source' } as const;

/**
 * An amount in another currency at the day's mid rate, with every step: exact until the one rounding
 * at the end.
 *
 * @throws RefusedError `money.currency_unknown`, `fx.currency_unsupported`; InvalidMoneyError
 */
export function convert(day: RateDay, { from, to, amount, rounding }: Conversion): object {
  const [sell, buy] = [currencyOf(from), currencyOf(to)];
  const sold = fromMajorString(sell, amount);
  const cross = crossRate({ day }, { sell, buy });
  if ('code' in cross) {
    throw new RefusedError(
      cross.code,
      `There is no rate for ${cross.currency} on ${day.rateDate}: ${PUBLISHERS[day.source]} does not publish it, and it is pegged to no currency that is.`,
    );
  }
  const { mid, legs } = cross;
  const exactMinor = multiplyRational(
    rational(sold.amountMinor * unitsOf(buy), unitsOf(sell)),
    mid,
  );
  const bought = exchange(sold, { to: buy, rate: mid, rounding });
  return {
    ...{ source: day.source, rateDate: day.rateDate, sha256: day.sha256 },
    ...{ from: sell, to: buy, amount: inMajorUnits(sold), mid: exactly(mid), rounding },
    result: inMajorUnits(bought),
    steps: [
      { step: 'read', amount, decimals: minorUnitDigits(sell), ...moneyToJson(sold) },
      ...legs.map(legStep),
      { step: 'cross', unit: `${buy} for 1 ${sell}`, ...exactly(mid) },
      { step: 'multiply', unit: `minor units of ${buy}`, ...exactly(exactMinor) },
      { step: 'round', rounding, decimals: minorUnitDigits(buy), ...moneyToJson(bought) },
    ],
  };
}

const legStep = ({ currency, source, perEuro, peg }: Leg): object => ({
  step: 'rate',
  unit: `${currency} for 1 EUR`,
  source,
  ...exactly(perEuro),
  ...(peg === undefined
    ? {}
    : { peg: { unit: `${currency} for 1 ${peg.anchor}`, ...exactly(peg.perAnchor) } }),
});

const inMajorUnits = (amount: Money): object => ({
  ...moneyToJson(amount),
  major: toMajorString(amount),
});

/** The exact number, and beside it a decimal for people. */
const exactly = (value: Rational): object => ({
  exact: rationalToJson(value),
  decimal: toDecimal(value, DISPLAYED_DIGITS),
});

const unitsOf = (currency: CurrencyCode): bigint => 10n ** BigInt(minorUnitDigits(currency));

function currencyOf(code: string): CurrencyCode {
  if (isCurrencyCode(code)) return code;
  throw new RefusedError(
    'money.currency_unknown',
    `Expected the upper-case ISO 4217 code of a currency, received ${JSON.stringify(code)}.`,
  );
}
