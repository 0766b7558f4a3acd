import { minorUnitDigits } from '../money/currency.ts';
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

function limitOf({ limit }: Tolerance, { currency }: ReconItem): bigint {
  return 'minor' in limit ? limit.minor : limit.major * 10n ** BigInt(minorUnitDigits(currency));
}
