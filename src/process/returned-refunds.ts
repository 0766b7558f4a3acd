import type { TreasuryEvent } from '../../events/index.ts';
import type { RefundReturned } from '../../events/treasury/refund-returned.v1.ts';
import type { EventStore } from '../platform/event-store.ts';
import { treasuryStream } from '../platform/ids.ts';
import type { Plan, StoredItem } from '../reconciliation/plan.ts';
import { reasonOf } from './plan-effects.ts';
import { type Find, startOf } from './suspense-effects.ts';

/**
 * Refunds that finance had paid by bank and that a plan finds come back, by their end-to-end ids. Each comes
 * back once, and never more than was paid: anything else is a person's.
 */
export async function refundsReturned(
  { movements }: { readonly movements: Pick<EventStore<TreasuryEvent>, 'load'> },
  { raise }: Plan,
  find: Find,
): Promise<readonly RefundReturned[]> {
  const lines = raise
    .filter(({ breakType }) => breakType === 'returned')
    .flatMap(({ right }) => right.flatMap((id) => find(id) ?? []));
  const found = lines.map(async (line) => {
    const { endToEndId } = line.item.keys;
    if (endToEndId === undefined) return [];
    const records = await movements.load(treasuryStream(endToEndId));
    return records.flatMap(({ events }) => events).flatMap((event) => cameBack(event, line));
  });
  return (await Promise.all(found)).flat();
}

function cameBack(event: TreasuryEvent, { item }: StoredItem): readonly RefundReturned[] {
  if (event.type !== 'RefundPaid') return [];
  const { movementId: reference, tradeId, refundId, attempt, amount } = event;
  const { currency, amountMinor, date } = item;
  if (currency !== amount.currency || amountMinor > amount.amountMinor) return [];
  return [
    {
      ...{ type: 'RefundReturned', version: 1, movementId: `returned:${reference}`, reference },
      ...{ tradeId, refundId, ...(attempt === undefined ? {} : { attempt }) },
      ...{ amount, returned: { currency, amountMinor }, code: reasonOf(item.returned) },
      occurredAt: startOf(date),
    },
  ];
}
