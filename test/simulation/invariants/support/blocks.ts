import type { TradelaneRecord } from '../../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../../events/index.ts';
import { eventsOf } from './history.ts';
import { credit, debit, type Entry } from './legs.ts';

/** The case that blocks a trade after these records; undefined where its funds are free. */
export function openCase(records: readonly TradelaneRecord[]): string | undefined {
  let open: string | undefined;
  for (const { events } of records) {
    for (const event of events) {
      if (event.type === 'FundsBlocked') open = event.caseId;
      if (event.type === 'FundsUnblocked') open = undefined;
    }
  }
  return open;
}

/** What of a trade's money its own stream has moved to the blocked funds and not back, in minor units. */
export function blockedOf(records: readonly TradelaneRecord[], which: 'held' | 'clearing'): bigint {
  const caught = [
    ...eventsOf(records, 'FundsBlocked'),
    ...eventsOf(records, 'BlockedFundsAdjusted'),
  ].map((event) => event[which].amountMinor);
  const freed = eventsOf(records, 'FundsUnblocked').map((event) => -event[which].amountMinor);
  return [...caught, ...freed].reduce((sum, minor) => sum + minor, 0n);
}

/** From when to when a trade's funds were blocked, by the records' own times; without an end while they are. */
export function spansOf(
  records: readonly TradelaneRecord[],
): readonly { readonly fromMs: number; readonly untilMs: number | undefined }[] {
  const lifted = eventsOf(records, 'FundsUnblocked').map(({ unblockedAt }) =>
    Date.parse(unblockedAt),
  );
  return eventsOf(records, 'FundsBlocked').map(({ blockedAt }, index) => ({
    fromMs: Date.parse(blockedAt),
    untilMs: lifted[index],
  }));
}

/** The rows of docs/ledger.md about blocked funds; undefined for other events. */
export function expectedOfBlock(event: TradelaneEvent): readonly Entry[] | undefined {
  switch (event.type) {
    case 'FundsBlocked':
    case 'BlockedFundsAdjusted':
      return ofTrade('funds_blocked', event, { from: debit, to: credit });
    case 'FundsUnblocked':
      return ofTrade('funds_unblocked', event, { from: credit, to: debit });
    case 'PayoutBlocked':
    case 'SellerTradeBlocked':
      return [ofSeller('funds_blocked', event, { from: debit, to: credit })];
    case 'PayoutUnblocked':
    case 'SellerTradeUnblocked':
      return [ofSeller('funds_unblocked', event, { from: credit, to: debit })];
    default:
      return undefined;
  }
}

type Sides = { readonly from: typeof debit; readonly to: typeof debit };
type Of<T extends TradelaneEvent['type']> = Extract<TradelaneEvent, { readonly type: T }>;

const ofTrade = (
  kind: string,
  {
    tradeId,
    caseId,
    held,
    clearing,
  }: Of<'FundsBlocked'> | Of<'BlockedFundsAdjusted'> | Of<'FundsUnblocked'>,
  { from, to }: Sides,
): readonly Entry[] => [
  { kind, legs: [from('2100', held, tradeId), to('2190', held, caseId)] },
  { kind, legs: [from('2000', clearing, tradeId), to('2190', clearing, caseId)] },
];

const ofSeller = (
  kind: string,
  {
    caseId,
    parts,
  }:
    | Of<'PayoutBlocked'>
    | Of<'PayoutUnblocked'>
    | Of<'SellerTradeBlocked'>
    | Of<'SellerTradeUnblocked'>,
  { from, to }: Sides,
): Entry => ({
  kind,
  legs: parts.flatMap(({ sellerId, amount }) => [
    from('2200', amount, sellerId),
    to('2190', amount, caseId),
  ]),
});
