import type { SellerEvent, TradelaneEvent } from '../../events/index.ts';
import type { Terms } from '../escrow/state.ts';
import type { EventRecord } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { debtStatusOf } from '../settlement/seller-debts.ts';
import { type SellerState, sellerEvolution } from '../settlement/seller-state.ts';
import type { SellerDebt } from './finance-views.ts';

type Records = readonly EventRecord<SellerEvent>[];

/** Events of a seller's stream after which a debt may not be what it was. */
const OF_DEBTS: ReadonlySet<string> = new Set<SellerEvent['type']>([
  'SellerDebtRecorded',
  'SellerDebtWrittenOff',
  'SellerWriteOffProposed',
  'SellerPayoutAllocated',
  'SellerAllocationReleased',
  'TransferReversalRequested',
  'TransferReversed',
  'TransferReversalRefused',
]);

/** Whether a record may have changed a debt; most of a seller's have not. */
export const mayChangeDebts = (events: readonly TradelaneEvent[]): boolean =>
  events.some((event) =>
    event.type === 'SellerPayoutAllocated' ? event.recovered.length > 0 : OF_DEBTS.has(event.type),
  );

/** A debt as its seller's stream has it; its trade knows the account that the seller is paid at. */
export type DebtOfStream = Omit<SellerDebt, 'payoutAccountId' | 'reference'>;

/**
 * The debts that the record at a place of a seller's stream changed, as they are after all of it: so
 * whichever record is heard of last, each has the latest said of it.
 */
export function changedDebts(records: Records, sequence: number): readonly DebtOfStream[] {
  const before = stateOf(records.filter((record) => record.sequence < sequence));
  const after = stateOf(records.filter((record) => record.sequence <= sequence));
  const { debts } = stateOf(records);
  const version = records.at(-1)?.sequence ?? 0;
  return [...after.debts].flatMap(([debtId, debt]) => {
    const latest = debts.get(debtId);
    const origin = originOf(records, debtId);
    if (debt === before.debts.get(debtId) || !latest || !origin) return [];
    const { tradeId, amount, remaining, proposal } = latest;
    const status = debtStatusOf(latest);
    return [{ ...origin, debtId, tradeId, status, amount, remaining, proposal, version }];
  });
}

const stateOf = (records: Records): SellerState => fold(sellerEvolution, records);

/** When a debt was recorded, of whose marketplace, and why it came to be. */
function originOf(
  records: Records,
  debtId: string,
): Pick<SellerDebt, 'marketplaceId' | 'since' | 'reason'> | undefined {
  for (const { events, marketplaceId, recordedAt: since } of records) {
    for (const event of events) {
      if (event.type !== 'SellerDebtRecorded' || event.debtId !== debtId) continue;
      return { marketplaceId, since, reason: event.reason };
    }
  }
  return undefined;
}

/** A debt with what its trade says of it. */
export const debtOfTrade = (
  debt: DebtOfStream,
  { reference, seller: { payoutAccountId } }: Pick<Terms, 'reference' | 'seller'>,
): SellerDebt => ({
  ...debt,
  payoutAccountId,
  ...(reference === undefined ? {} : { reference }),
});
