import type { BatchEvent, PayoutEvent } from '../../events/index.ts';
import { sum } from '../money/money.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { batchStream, payoutStream } from '../platform/ids.ts';
import { type BatchState, batchEvolution, type Instruction } from '../settlement/batch.ts';
import { attemptOf, payoutEvolution } from '../settlement/payout-state.ts';
import { reasonOf } from './payout-view.ts';
import type { ViewStore } from './views.ts';

export type OpenedBatch = Exclude<BatchState, { status: 'not_opened' }>;

/** Reads a batch; undefined if there is none, or if it is another marketplace's. */
export async function readBatch(
  { batches }: { readonly batches: Pick<EventStore<BatchEvent>, 'load'> },
  { batchId, marketplaceId }: { readonly batchId: string; readonly marketplaceId: string },
): Promise<OpenedBatch | undefined> {
  const records = await batches.load(batchStream(batchId));
  const state = fold(batchEvolution, records);
  return state.status === 'not_opened' || records[0]?.marketplaceId !== marketplaceId
    ? undefined
    : state;
}

/** A batch as the list of `GET /v1/payout-batches` shows it. */
export const presentBatch = (batch: OpenedBatch) => {
  const { batchId, status, closesAt, instructions } = batch;
  const amounts = instructions.map(({ amount }) => amount);
  return {
    id: batchId,
    status,
    payments: instructions.length,
    controlSum: sum(instructions[0].amount.currency, amounts),
    closesAt,
    ...(batch.status === 'closed'
      ? { closedAt: batch.closedAt, executionDate: batch.executionDate }
      : {}),
  };
};

/** What the file of a batch is made of, or why there is none: it is open, or nobody pays by file. */
export function sourcesOfFile<P>(batch: OpenedBatch, payer: P | undefined) {
  if (batch.status !== 'closed') {
    const detail = `This batch takes payments until ${batch.closesAt}.`;
    return { kind: 'refused', code: 'batch.still_open', detail } as const;
  }
  if (payer === undefined) {
    const detail = 'This deployment has no account to pay from: set payoutDebtor.';
    return { kind: 'refused', code: 'batch.no_debtor', detail } as const;
  }
  return { kind: 'ready', batch, payer } as const;
}

/** The answer of `GET /v1/payout-batches/{batchId}`: each payment with what became of its payout. */
export async function presentPayments(
  { payouts }: { readonly payouts: Pick<EventStore<PayoutEvent>, 'load'> },
  batch: OpenedBatch,
) {
  const payments = await Promise.all(
    batch.instructions.map((instruction) => presentPayment(payouts, instruction)),
  );
  return { ...presentBatch(batch), payments };
}

/**
 * A payment whose payout went on with another attempt has failed or come back; but one that was refused and
 * is debited all the same is what the payout went on with. Why it failed, and what is said of its refusal,
 * is told of the payment that the payout stands by.
 */
async function presentPayment(
  payouts: Pick<EventStore<PayoutEvent>, 'load'>,
  { payoutId, tradeId, attempt, endToEndId, uetr, amount }: Instruction,
) {
  const state = fold(payoutEvolution, await payouts.load(payoutStream(payoutId)));
  const isOwn = 'transferId' in state && state.transferId === endToEndId;
  const status = attemptOf(state) > attempt && !isOwn ? 'superseded' : state.status;
  const payment = { payoutId, tradeId, attempt, endToEndId, uetr, amount, status };
  if (status === 'superseded') return payment;
  return {
    ...payment,
    ...('code' in state ? { reason: reasonOf(state.code) } : {}),
    ...('refusal' in state ? { refusal: state.refusal } : {}),
  };
}

/** More than a month has, with a batch for each currency each day. */
const MOST_BATCHES = 1_000;

/** The batches whose day is in a month (`YYYY-MM`), in their order, each with its payments. */
export async function batchesOfMonth(
  ports: {
    readonly views: Pick<ViewStore, 'listBatches'>;
    readonly batches: Pick<EventStore<BatchEvent>, 'load'>;
    readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
  },
  { marketplaceId, month }: { readonly marketplaceId: string; readonly month: string },
) {
  const ids = await ports.views.listBatches({ marketplaceId, month, limit: MOST_BATCHES });
  const paid: Awaited<ReturnType<typeof presentPayments>>[] = [];
  for (const batchId of ids.toReversed()) {
    const batch = await readBatch(ports, { batchId, marketplaceId });
    if (batch !== undefined) paid.push(await presentPayments(ports, batch));
  }
  return paid;
}
