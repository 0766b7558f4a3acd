import type { TradelaneEvent } from '../../../../events/index.ts';

type Share = readonly [debtId: string, minor: bigint];

/** What is open of each debt that was recorded, added up event by event. */
export function openOfDebts(events: readonly TradelaneEvent[]): ReadonlyMap<string, bigint> {
  const left = new Map<string, bigint>();
  const kept = new Map<string, readonly Share[]>();
  const refused = new Set<string>();
  for (const event of events) {
    if (event.type === 'SellerPayoutAllocated') kept.set(event.allocationId, keptBy(event));
    if (event.type === 'TransferReversalRefused') refused.add(event.reversalId);
    for (const [debtId, minor] of sharesOf(event, kept, refused)) {
      left.set(debtId, (left.get(debtId) ?? 0n) + minor);
    }
  }
  return left;
}

const keptBy = ({
  recovered,
}: Extract<TradelaneEvent, { type: 'SellerPayoutAllocated' }>): readonly Share[] =>
  recovered.map(({ debtId, amount }) => [debtId, amount.amountMinor]);

const less = (shares: readonly Share[]): readonly Share[] =>
  shares.map(([debtId, minor]) => [debtId, -minor]);

/** What an event adds to debts, below zero where it takes from them. */
function sharesOf(
  event: TradelaneEvent,
  kept: ReadonlyMap<string, readonly Share[]>,
  refused: ReadonlySet<string>,
): readonly Share[] {
  switch (event.type) {
    case 'SellerDebtRecorded':
    case 'TransferReversalRefused':
      return [[event.debtId, event.amount.amountMinor]];
    case 'SellerDebtWrittenOff':
    case 'TransferReversalRequested':
      return less([[event.debtId, event.amount.amountMinor]]);
    case 'TransferReversed': {
      // What was refused first and done after all takes the debt once more.
      const owed = event.owed?.amountMinor ?? 0n;
      const wasRefused = refused.has(event.reversalId);
      return wasRefused ? less([[event.debtId, event.amount.amountMinor - owed]]) : [];
    }
    case 'SellerPayoutAllocated':
      return less(keptBy(event));
    case 'SellerAllocationReleased':
      return kept.get(event.allocationId) ?? [];
    default:
      return [];
  }
}
