import type { TreasuryEvent } from '../../events/index.ts';
import { derivedId } from '../platform/ids.ts';
import { awaitedTransferId } from '../reconciliation/expectations.ts';
import type { Plan, StoredItem } from '../reconciliation/plan.ts';

/** An item by its id, among all that the plan is about. */
export type Find = (itemId: string) => StoredItem | undefined;

/**
 * The bank account in the books is what the bank says it is: what came in and is in a break is owed
 * under its own line until it is known whose it is. It leaves suspense once it is matched, since what
 * was expected is booked by itself, and once a person has resolved the break; what nobody expected and
 * is written off is taken out of suspense by that.
 */
export function suspenseOf(plan: Plan, find: Find): readonly TreasuryEvent[] {
  const { matches, resolved, raise, at } = plan;
  const suspended = raise.flatMap(({ right }) => linesIn(right, find));
  const held = matches.flatMap(({ right }) => linesIn(right, find));
  const sentBack = resolved.filter(
    ({ resolution, left }) => resolution === 'sent_back' && left.length === 0,
  );
  const known = resolved.filter(({ left }) => left.length > 0);
  return [
    ...suspended.map((line) => ({
      ...{ type: 'ReceiptSuspended' as const, ...receiptOf(line, startOf(line.item.date)) },
    })),
    ...held.filter(({ breakId }) => breakId !== null).map((line) => released(line, 'matched', at)),
    ...known
      .flatMap(({ right }) => linesIn(right, find))
      .map((line) => released(line, 'matched', at)),
    ...sentBack
      .flatMap(({ right }) => linesIn(right, find))
      .map((line) => released(line, 'sent_back', at)),
  ];
}

/** Credits among the lines of the bank. */
const linesIn = (right: readonly string[], find: Find): readonly StoredItem[] =>
  right
    .flatMap((id) => find(id) ?? [])
    .filter(({ lane, item }) => lane === 'bank_in' && item.amountMinor > 0n);

/** The day of a line as an instant: a bank tells no time. */
export const startOf = (date: string): string => `${date}T00:00:00Z`;

const receiptOf = ({ item: { id, currency, amountMinor } }: StoredItem, occurredAt: string) => ({
  ...{ version: 1 as const, movementId: id, amount: { currency, amountMinor }, occurredAt },
});

const released = (
  line: StoredItem,
  reason: 'matched' | 'sent_back',
  at: string,
): TreasuryEvent => ({ type: 'ReceiptReleased', ...receiptOf(line, at), reason });

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
