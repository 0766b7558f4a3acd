import { exponentOf } from './currencies.ts';

/** Units of a currency for one euro: a decimal such as '1.0850', or an exact fraction. */
export type RatePerEuro = string | { num: bigint; den: bigint };

type Fraction = { num: bigint; den: bigint };

export type Conversion = {
  amountMinor: bigint;
  /** Minor unit to minor unit, as a balance transaction states it, the fee included. */
  exchangeRate: number;
};

export type ExchangeDesk = {
  supports(currency: string): boolean;
  currencies(): string[];
  /** The fee applies to every conversion, and none happens between equal currencies. */
  convert(conversion: { amountMinor: bigint; from: string; to: string }): Conversion;
};

/**
 * Converts between currencies through the euro, exactly, rounding once and half up:
 * `amount × (to per euro ÷ from per euro) × 10^(exponent difference) × (1 − fee)`.
 * @param rates units per euro by lower-case currency; the euro itself needs no entry.
 */
export function createExchangeDesk(
  rates: Record<string, RatePerEuro>,
  feeBasisPoints: number,
): ExchangeDesk {
  const perEuro = new Map<string, Fraction>([['eur', { num: 1n, den: 1n }]]);
  for (const [currency, rate] of Object.entries(rates)) {
    perEuro.set(currency.toLowerCase(), parseRate(rate));
  }
  const rateOf = (currency: string) => {
    const rate = perEuro.get(currency);
    if (!rate) throw new RangeError(`The sandbox has no rate for ${currency}.`);
    return rate;
  };
  return {
    supports: (currency) => perEuro.has(currency),
    currencies: () => [...perEuro.keys()].sort(),
    convert({ amountMinor, from, to }) {
      const [source, target] = [rateOf(from), rateOf(to)];
      const keptBasisPoints = 10_000n - BigInt(feeBasisPoints);
      const num = target.num * source.den * 10n ** BigInt(exponentOf(to)) * keptBasisPoints;
      const den = target.den * source.num * 10n ** BigInt(exponentOf(from)) * 10_000n;
      return {
        amountMinor: divideHalfUp(amountMinor * num, den),
        exchangeRate: Number((Number(num) / Number(den)).toPrecision(12)),
      };
    },
  };
}

/** Rounds to the nearest whole number, halves up. Takes no negative dividend. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

function parseRate(rate: RatePerEuro): Fraction {
  if (typeof rate !== 'string') return positive(rate, `${rate.num}/${rate.den}`);
  const digits = /^(\d+)(?:\.(\d+))?$/.exec(rate);
  if (!digits) throw new RangeError(`Not a decimal rate: ${rate}`);
  const decimals = digits[2] ?? '';
  const fraction = { num: BigInt(`${digits[1]}${decimals}`), den: 10n ** BigInt(decimals.length) };
  return positive(fraction, rate);
}

function positive(fraction: Fraction, given: string): Fraction {
  if (fraction.num > 0n && fraction.den > 0n) return fraction;
  throw new RangeError(`A rate must be above zero: ${given}`);
}
