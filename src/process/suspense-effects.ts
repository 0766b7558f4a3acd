import type { TreasuryEvent } from '../../events/index.ts';
import { derivedId } from '../platform/ids.ts';
import { awaitedTransferId, receiptOf as ownReceiptOf } from '../reconciliation/expectations.ts';
import type { Plan, StoredItem } from '../reconciliation/plan.ts';

/** An item by its id, among all that the plan is about. */
export type Find = (itemId: string) => StoredItem | undefined;

/**
 * The bank account in the books is what the bank says it is: what came in and is in a break is owed
 * under its own line until it is known whose it is.
 */
export const suspensionsOf = ({ raise }: Plan, find: Find): readonly TreasuryEvent[] =>
  raise.flatMap(({ right }) => linesIn(right, find)).map(suspensionOf);

export const suspensionOf = (line: StoredItem): TreasuryEvent => ({
  ...{ type: 'ReceiptSuspended', ...receiptOf(line, startOf(line.item.date)) },
});

/**
 * A line leaves suspense once it is matched, since what was expected is booked by itself, and once a person
 * has resolved the break; what nobody expected and is written off is given up with that. Not where the
 * match is the receipt of the very line: whoever identified it has taken it out.
 */
export function releasesOf(
  { matches, resolved, at }: Pick<Plan, 'matches' | 'resolved' | 'at'>,
  find: Find,
): readonly Released[] {
  const held = matches.flatMap(({ left, right }) =>
    linesIn(right, find)
      .filter(({ breakId }) => breakId !== null)
      .filter(isNotItself(left)),
  );
  const known = resolved
    .filter(({ left }) => left.length > 0)
    .flatMap(({ left, right }) => linesIn(right, find).filter(isNotItself(left)));
  const alone = resolved.filter(({ left }) => left.length === 0);
  const ended = (is: (end: Plan['resolved'][number]) => boolean) =>
    alone.filter(is).flatMap(({ right }) => linesIn(right, find));
  return [
    ...[...held, ...known].map((line) => released(line, 'matched', at)),
    ...ended(({ resolution }) => resolution === 'sent_back').map((line) =>
      released(line, 'sent_back', at),
    ),
    ...ended(isUnbooked).map((line) => released(line, 'written_off', at)),
  ];
}

/** A write-off out of suspense is booked on the line's own stream. */
const isUnbooked = ({ resolution, writtenOff }: Plan['resolved'][number]): boolean =>
  resolution === 'written_off' && writtenOff !== undefined && writtenOff.posting === undefined;

/** True of a line that is not matched with the receipt of it. */
export const isNotItself =
  (left: readonly string[]) =>
  ({ item: { id } }: StoredItem): boolean =>
    !left.includes(ownReceiptOf(id));

export type Released = Extract<TreasuryEvent, { type: 'ReceiptReleased' }>;

/** Credits among the lines of the bank. */
export const linesIn = (right: readonly string[], find: Find): readonly StoredItem[] =>
  right
    .flatMap((id) => find(id) ?? [])
    .filter(({ lane, item }) => lane === 'bank_in' && item.amountMinor > 0n);

/** The day of a line as an instant: a bank tells no time. */
export const startOf = (date: string): string => `${date}T00:00:00Z`;

const receiptOf = ({ item: { id, currency, amountMinor } }: StoredItem, occurredAt: string) => ({
  ...{ version: 1 as const, movementId: id, amount: { currency, amountMinor }, occurredAt },
});

const released = (line: StoredItem, reason: Released['reason'], at: string): Released => ({
  ...{ type: 'ReceiptReleased', ...receiptOf(line, at), reason },
});

/**
 * A buyer's transfer that was awaited has come: it is a receipt for its trade, of what was expected. What
 * the bank has more or less of it is booked as a difference.
 */
export function transferReceived(
  { item, about }: StoredItem,
  right: readonly string[],
  occurredAt: string,
): readonly TreasuryEvent[] {
  const tradeId = about?.tradeId;
  if (tradeId === undefined || item.id !== awaitedTransferId(tradeId)) return [];
  const { currency, amountMinor } = item;
  const receipt = {
    ...{ version: 1 as const, movementId: derivedId('rcp', item.id, ...right) },
    ...{ amount: { currency, amountMinor }, occurredAt },
  };
  return [
    { type: 'ReceiptSuspended', ...receipt },
    { type: 'ReceiptIdentified', ...receipt, tradeId },
  ];
}
