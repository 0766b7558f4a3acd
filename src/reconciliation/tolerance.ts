import { minorUnitDigits } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { ReconItem } from './item.ts';
import type { Match } from './outcome.ts';
import type { Tolerance } from './recs.ts';

/**
 * The first tolerance that covers the difference, or undefined where it is a break. A group is
 * rounded once for each of its items.
 */
export function covering(
  tolerances: readonly Tolerance[],
  { left, right }: { readonly left: readonly ReconItem[]; readonly right: readonly ReconItem[] },
  differenceMinor: bigint,
): Match['difference'] | undefined {
  const items = [...left, ...right];
  const [first] = items;
  if (first === undefined) return undefined;
  const size = differenceMinor < 0n ? -differenceMinor : differenceMinor;
  const found = tolerances.find((tolerance) => {
    if (tolerance.reason === 'charges') {
      return (
        differenceMinor < 0n &&
        items.some((item) => item.sharesCharges === true) &&
        size <= limitOf(tolerance, first)
      );
    }
    return size <= limitOf(tolerance, first) * BigInt(Math.max(left.length, right.length));
  });
  return found && { minor: differenceMinor, reason: found.reason, account: found.account };
}

/** Whether a rec tolerates the difference on an account; what charges take is never too much. */
export function isTolerated(
  tolerances: readonly Tolerance[],
  account: string,
  difference: Money,
): boolean {
  const { amountMinor } = difference;
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  return tolerances
    .filter((one) => one.account === account)
    .some(
      (one) => (one.reason !== 'charges' || amountMinor < 0n) && size <= limitOf(one, difference),
    );
}

function limitOf({ limit }: Tolerance, { currency }: Pick<ReconItem, 'currency'>): bigint {
  return 'minor' in limit ? limit.minor : limit.major * 10n ** BigInt(minorUnitDigits(currency));
}
