import type { RefundPart } from '../../events/escrow/refund-requested.v1.ts';
import { allocate } from '../money/allocate.ts';
import { type Money, money, subtract, sum, zero } from '../money/money.ts';
import { type OpenMilestone, type Recoverable, recoverable } from './holdings.ts';
import type { Held } from './state.ts';

const minor = ({ amountMinor }: Money): bigint => amountMinor;

/**
 * What an amount of the trade's currency takes of each milestone: first of what is held, in
 * proportion to what is left of each, then of what was released, in proportion too, where net and
 * fee go back as they were split. Undefined where there is not that much. The parts sum to the amount
 * exactly, and none is more than its milestone has.
 */
export function partsOf(
  held: Held,
  amount: Money,
  from: readonly OpenMilestone[],
): readonly RefundPart[] | undefined {
  const { currency } = amount;
  const heldLeft = sum(
    currency,
    from.map(({ remaining }) => remaining),
  );
  // Stryker disable next-line EqualityOperator: of two equal amounts either will do
  const fromHeld = minor(heldLeft) < minor(amount) ? heldLeft : amount;
  const rest = subtract(amount, fromHeld);
  const releases = recoverable(held);
  if (
    minor(rest) >
    minor(
      sum(
        currency,
        releases.map(({ total }) => total),
      ),
    )
  )
    return undefined;
  return [...heldParts(from, fromHeld), ...releasedParts(releases, rest)];
}

/** All that a refund can take: what is held in `from`, and what of that which was released can come back. */
export const takeable = (held: Held, from: readonly OpenMilestone[]): Money =>
  sum(held.terms.amount.currency, [
    ...from.map(({ remaining }) => remaining),
    ...recoverable(held).map(({ total }) => total),
  ]);

/** As `partsOf`, of as much as there is: what was set aside for duties is not there to be taken. */
export function partsUpTo(
  held: Held,
  amount: Money,
  from: readonly OpenMilestone[],
): readonly RefundPart[] {
  const left = takeable(held, from);
  // Stryker disable next-line EqualityOperator,ArrayDeclaration: either of two equals; never undefined
  return partsOf(held, minor(left) < minor(amount) ? left : amount, from) ?? [];
}

/** An amount in proportion to what is left of each milestone. */
export function heldParts(
  from: readonly Pick<OpenMilestone, 'milestoneId' | 'remaining'>[],
  amount: Money,
): readonly RefundPart[] {
  if (minor(amount) === 0n) return [];
  const none = zero(amount.currency);
  const shares = allocate(
    amount,
    from.map(({ remaining }) => minor(remaining)),
  );
  return from
    .map(({ milestoneId }, index) => ({
      milestoneId,
      held: shares[index] ?? none,
      net: none,
      fee: none,
    }))
    .filter(({ held }) => minor(held) > 0n);
}

function releasedParts(releases: readonly Recoverable[], amount: Money): readonly RefundPart[] {
  if (minor(amount) === 0n) return [];
  const none = zero(amount.currency);
  const shares = allocate(
    amount,
    releases.map(({ total }) => minor(total)),
  );
  return releases
    .map(({ milestoneId, total, fee }, index) => {
      const part = shares[index] ?? none;
      const feePart = money(part.currency, (minor(part) * minor(fee)) / minor(total));
      return { milestoneId, held: none, net: subtract(part, feePart), fee: feePart };
    })
    .filter(({ net, fee }) => minor(net) + minor(fee) > 0n);
}

/** Parts with what is of the same milestone together: held before released, each in order. */
export function addParts(
  parts: readonly RefundPart[],
  currency: Money['currency'],
): readonly RefundPart[] {
  const ids = (side: 'held' | 'net' | 'fee') => parts.filter((part) => minor(part[side]) !== 0n);
  const none = zero(currency);
  const total = (milestoneId: string) =>
    totalsOf(
      parts.filter((part) => part.milestoneId === milestoneId),
      currency,
    );
  const once = (of: readonly RefundPart[]) => [
    ...new Set(of.map(({ milestoneId }) => milestoneId)),
  ];
  return [
    ...once(ids('held')).map((milestoneId) => {
      const { held } = total(milestoneId);
      return { milestoneId, held, net: none, fee: none };
    }),
    ...once([...ids('net'), ...ids('fee')]).map((milestoneId) => {
      const { net, fee } = total(milestoneId);
      return { milestoneId, held: none, net, fee };
    }),
  ];
}

/** What an amount takes of parts: first of what is held, then of what was released, each in proportion. */
export function firstOfParts(parts: readonly RefundPart[], amount: Money): readonly RefundPart[] {
  const { held } = totalsOf(parts, amount.currency);
  // Stryker disable next-line EqualityOperator: of two equal amounts either will do
  const fromHeld = minor(held) < minor(amount) ? held : amount;
  const open = parts.map((part) => ({ milestoneId: part.milestoneId, remaining: part.held }));
  const releases = parts
    .map(({ milestoneId, net, fee }) => {
      return { milestoneId, net, fee, total: money(net.currency, minor(net) + minor(fee)) };
    })
    .filter(({ total }) => minor(total) > 0n);
  return [...heldParts(open, fromHeld), ...releasedParts(releases, subtract(amount, fromHeld))];
}

/** What parts are without others that were taken of them. */
export function lessParts(
  parts: readonly RefundPart[],
  taken: readonly RefundPart[],
  currency: Money['currency'],
): readonly RefundPart[] {
  const none = zero(currency);
  const minus = ({ milestoneId, held, net, fee }: RefundPart): RefundPart => ({
    milestoneId,
    ...{ held: subtract(none, held), net: subtract(none, net), fee: subtract(none, fee) },
  });
  return addParts([...parts, ...taken.map(minus)], currency).filter(
    ({ held, net, fee }) => minor(held) + minor(net) + minor(fee) > 0n,
  );
}

/** The sums of a refund's parts. */
export function totalsOf(
  parts: readonly RefundPart[],
  currency: Money['currency'],
): { readonly held: Money; readonly net: Money; readonly fee: Money; readonly all: Money } {
  const total = (side: 'held' | 'net' | 'fee'): Money =>
    sum(
      currency,
      parts.map((part) => part[side]),
    );
  const [held, net, fee] = [total('held'), total('net'), total('fee')];
  return { held, net, fee, all: sum(currency, [held, net, fee]) };
}
