import type { TreasuryEvent } from '../../events/index.ts';
import type { RefundReturned } from '../../events/treasury/refund-returned.v1.ts';
import { type BankChargeLimits, isTooLittleBack } from '../money/bank-charges.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { treasuryStream } from '../platform/ids.ts';
import { returnOf } from '../reconciliation/line-references.ts';
import type { Plan, StoredItem } from '../reconciliation/plan.ts';
import type { LaneStore } from '../reconciliation/ports.ts';
import { movementEvolution } from '../treasury/movement.ts';
import { reasonOf } from './plan-effects.ts';
import { type Find, startOf } from './suspense-effects.ts';

/**
 * Refunds that finance had paid by bank and that a plan finds come back, by their end-to-end ids. Each comes
 * back once, never more than was paid, and less only by what banks keep: anything else is a person's.
 */
export async function refundsReturned(
  {
    movements,
    bankChargeLimits: limits,
  }: {
    readonly movements: Pick<EventStore<TreasuryEvent>, 'load'>;
    readonly bankChargeLimits: BankChargeLimits;
  },
  { raise, cameBack: again = [] }: Plan,
  find: Find,
): Promise<readonly RefundReturned[]> {
  const raised = raise.filter(({ breakType }) => breakType === 'returned');
  const ids = [...raised.flatMap(({ right }) => right), ...again];
  const lines = ids.flatMap((id) => find(id) ?? []);
  const found = lines.map(async (line) => {
    const { endToEndId } = line.item.keys;
    if (endToEndId === undefined) return [];
    const records = await movements.load(treasuryStream(endToEndId));
    return records
      .flatMap(({ events }) => events)
      .flatMap((event) => cameBack(event, line, limits));
  });
  return (await Promise.all(found)).flat();
}

/**
 * True of a line that brought a payment back and that the books have as that already: what they expect is
 * open, or, of a refund, on its way. Whatever a person made of the line would book it again. A plan that has
 * taken the return for the line is carried out to its end, though a run of it died: some of it is booked.
 */
export async function isBookedReturn(
  { movements, lanes }: ReturnPorts,
  { lane, item: { id: lineId, returned, keys } }: StoredItem,
  { left, at }: { readonly left: readonly string[] } & Pick<Plan, 'at'>,
): Promise<boolean> {
  const { endToEndId } = keys;
  if (lane !== 'bank_out' || returned === undefined || endToEndId === undefined) return false;
  const booked = fold(
    movementEvolution,
    await movements.load(treasuryStream(returnOf(endToEndId))),
  );
  if (booked.status === 'taken' && isTakenFor(booked.event, { lineId, at })) return false;
  const ids = RETURNED.map((kind) => `${kind}:${endToEndId}`);
  const items = await lanes.getItems(lane, ids);
  if (items.some(({ status, item }) => status === 'open' && !left.includes(item.id))) return true;
  return booked.status === 'recorded' && items.length === 0;
}

const isTakenFor = (
  event: TreasuryEvent,
  { lineId, at }: { readonly lineId: string } & Pick<Plan, 'at'>,
): boolean => event.type === 'ReferenceTaken' && event.lineId === lineId && event.occurredAt === at;

type ReturnPorts = {
  readonly movements: Pick<EventStore<TreasuryEvent>, 'load'>;
  readonly lanes: Pick<LaneStore, 'getItems'>;
};

const RETURNED = ['payout_returned', 'refund_returned'] as const;

function cameBack(
  event: TreasuryEvent,
  { item }: StoredItem,
  limits: BankChargeLimits,
): readonly RefundReturned[] {
  if (event.type !== 'RefundPaid') return [];
  const { movementId: reference, tradeId, refundId, attempt, amount } = event;
  const { currency, amountMinor, date } = item;
  if (currency !== amount.currency || amountMinor > amount.amountMinor) return [];
  if (isTooLittleBack(limits, { paid: amount, returned: { currency, amountMinor } })) return [];
  return [
    {
      ...{ type: 'RefundReturned', version: 1, movementId: returnOf(reference), reference },
      ...{ tradeId, refundId, ...(attempt === undefined ? {} : { attempt }) },
      ...{ amount, returned: { currency, amountMinor }, code: reasonOf(item.returned) },
      occurredAt: startOf(date),
    },
  ];
}
