import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { EscrowEvent, TradelaneEvent } from '../../events/index.ts';
import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import { inspectionEnd } from '../escrow/decide-release.ts';
import { escrowEvolution } from '../escrow/evolve.ts';
import { isFunded } from '../escrow/state.ts';
import { publicStatus } from '../escrow/status.ts';
import type { EventRecord, EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { escrowStream } from '../platform/ids.ts';
import { TRACKING_NUMBER } from './consume-tracking.ts';
import { done, type Handled } from './handled.ts';
import type { Deadline, Posting, SliceKey, TradeSummary, ViewStore } from './views.ts';

export const ProjectionMessage = RoutedRecord;

/** How long the provider has to confirm a payout by webhook before we ask it ourselves. */
const PAYOUT_CONFIRMATION_SECONDS = 300;
/** When a payout that waits for the seller's account is looked at, though nobody told of a change. */
const PAYOUT_RETRY_SECONDS = 86_400;
/** How often we ask again about a payment that was in processing as its window ended: debits take days. */
const PAYMENT_RECHECK_SECONDS = 43_200;
/** When we ask about a refund that the provider has not confirmed: at once, a day and ten days later. */
const REFUND_CONFIRMATION_SECONDS = [300, 86_400, 864_000] as const;
/** More than clocks differ by: a deadline that has just passed is not set again. */
const RECHECK_NOT_WITHIN_SECONDS = 600;
const MILLISECONDS_PER_SECOND = 1_000;
const MINUTE_LENGTH = 'YYYY-MM-DDTHH:MM'.length;

export type ProjectionPorts = {
  readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
  readonly views: ViewStore;
};

/**
 * Brings the read models up to a record. Each is either keyed by the record itself or made anew
 * from what is stored, never incremented, so repeats and reordering leave them as they should be.
 * All that can be worked out is, before the first write begins: a history that can't be read must
 * not leave a write behind whose failure nobody awaits.
 */
export const consumeProjection =
  (ports: ProjectionPorts) =>
  async ({ record }: RoutedRecord): Promise<Handled> => {
    const escrow = record.streamId.startsWith('escrow#')
      ? await ports.escrows.load(escrowStream(record.tradeId))
      : [];
    const summary = summarize(escrow);
    const deadlines = deadlinesOf(record, escrow);
    await Promise.all([
      summary === undefined ? undefined : ports.views.putTrade(summary),
      projectLedger(ports.views, record),
      projectTracker(ports.views, record.events),
      projectPayments(ports.views, record),
      ports.views.putDeadlines(deadlines),
    ]);
    return done;
  };

/** A trade's summary after the given records of its stream. */
export function summarize(records: readonly EventRecord<EscrowEvent>[]): TradeSummary | undefined {
  const [first] = records;
  const last = records.at(-1);
  const state = fold(escrowEvolution, records);
  if (first === undefined || last === undefined || state.status === 'not_opened') return undefined;
  const { tradeId, marketplaceId, reference, amount, quote } = state.terms;
  return {
    tradeId,
    marketplaceId,
    status: publicStatus(state),
    version: last.sequence,
    ...(reference === undefined ? {} : { reference }),
    amount,
    payIn: quote.sell,
    openedAt: first.recordedAt,
    updatedAt: last.recordedAt,
  };
}

/** A record's journal, leg by leg. */
export const postingsOf = (record: TradelaneRecord): readonly Posting[] =>
  record.journal.flatMap(({ kind, legs }, entryIndex) =>
    legs.map((leg, legIndex) => ({
      ...leg,
      kind,
      postingId: `${record.streamId}#${record.sequence}#${entryIndex}#${legIndex}`,
      bookedAt: record.recordedAt,
      tradeId: record.tradeId,
    })),
  );

async function projectLedger(views: ViewStore, record: TradelaneRecord): Promise<void> {
  const postings = postingsOf(record);
  if (postings.length === 0) return;
  await views.putPostings(postings);
  const minute = record.recordedAt.slice(0, MINUTE_LENGTH);
  const slices = new Map<string, SliceKey>(
    postings.map(({ account, currency }) => [
      `${account}#${currency}`,
      { account, currency, minute },
    ]),
  );
  await Promise.all(
    [...slices.values()].map(async (key) => views.putSlice(await views.sumSlice(key))),
  );
}

/** The first payment of a batch lists it; each payment can be found by what the statement will say. */
async function projectPayments(
  views: ViewStore,
  { events, marketplaceId }: TradelaneRecord,
): Promise<void> {
  for (const event of events) {
    if (event.type !== 'PayoutInstructionAdded') continue;
    const { batchId, endToEndId, payoutId } = event;
    await views.putBatch({ marketplaceId, batchId });
    await views.putPayment(endToEndId, payoutId);
  }
}

async function projectTracker(views: ViewStore, events: readonly TradelaneEvent[]): Promise<void> {
  for (const event of events) {
    if (event.type === 'LabelPurchased') {
      await Promise.all([
        views.putTracker(event.provider, event.trackerId, event.shipmentId),
        views.putTracker(TRACKING_NUMBER, event.trackingNumber, event.shipmentId),
      ]);
    }
  }
}

/** The deadlines that a record sets. They are hints; whether one still counts is decided later. */
export function deadlinesOf(
  { events, tradeId, marketplaceId, recordedAt }: TradelaneRecord,
  escrow: readonly EventRecord<EscrowEvent>[],
): readonly Deadline[] {
  const owner = { tradeId, marketplaceId };
  return events.flatMap((event): readonly Deadline[] => {
    switch (event.type) {
      case 'TradeOpened':
        return [{ ...owner, deadline: 'payment_due', subjectId: tradeId, dueAt: event.payBy }];
      case 'CancellationRefused':
        return paymentRechecks(recordedAt, escrow).map((dueAt) => ({
          ...owner,
          deadline: 'payment_due',
          subjectId: tradeId,
          dueAt,
        }));
      case 'DeliveryConfirmed':
        return inspectionEnds(event.confirmedAt, escrow).map((dueAt) => ({
          ...owner,
          deadline: 'inspection_end',
          subjectId: tradeId,
          dueAt,
        }));
      case 'PayoutFailed':
      case 'PayoutReturned': {
        const { payoutId: subjectId } = event;
        const failedAt = event.type === 'PayoutFailed' ? event.failedAt : event.returnedAt;
        const dueAt = after(failedAt, PAYOUT_RETRY_SECONDS);
        return [{ ...owner, deadline: 'payout_retry', subjectId, dueAt }];
      }
      case 'PayoutRetryDeferred': {
        const { payoutId: subjectId, retryAt: dueAt } = event;
        return [{ ...owner, deadline: 'payout_retry', subjectId, dueAt }];
      }
      case 'PayoutInstructionAdded': {
        const { batchId: subjectId, closesAt: dueAt } = event;
        return [{ ...owner, deadline: 'batch_cutoff', subjectId, dueAt }];
      }
      case 'PayoutSubmitted': {
        const { payoutId, submittedAt, batchId } = event;
        if (batchId !== undefined) return [];
        const dueAt = after(submittedAt, PAYOUT_CONFIRMATION_SECONDS);
        return [{ ...owner, deadline: 'payout_confirmation', subjectId: payoutId, dueAt }];
      }
      case 'DisputeOpened': {
        const { disputeId, escalatesAt } = event;
        const due = { deadline: 'dispute_escalation', dueAt: escalatesAt } as const;
        return [{ ...owner, ...due, subjectId: disputeId }];
      }
      case 'DisputeEscalated': {
        const { disputeId, decideBy } = event;
        const due = { deadline: 'dispute_decision', dueAt: decideBy } as const;
        return [{ ...owner, ...due, subjectId: disputeId }];
      }
      case 'DisputeClosed':
      case 'ChargebackWon':
        return afterHoldUp(owner, escrow, event.closedAt);
      case 'RefundSubmitted': {
        const { refundId, submittedAt } = event;
        return REFUND_CONFIRMATION_SECONDS.map((seconds) => ({
          ...owner,
          deadline: 'refund_confirmation',
          subjectId: refundId,
          dueAt: after(submittedAt, seconds),
        }));
      }
      default:
        return [];
    }
  });
}

/** What may have fallen due while a dispute or a chargeback held it up is asked for once more. */
function afterHoldUp(
  owner: Pick<Deadline, 'tradeId' | 'marketplaceId'>,
  escrow: readonly EventRecord<EscrowEvent>[],
  dueAt: string,
): readonly Deadline[] {
  const state = fold(escrowEvolution, escrow);
  if (!isFunded(state)) return [];
  const { tradeId } = owner;
  return [
    { ...owner, deadline: 'inspection_end', subjectId: tradeId, dueAt },
    ...state.disputes
      .filter(({ stage }) => stage !== 'closed')
      .map(({ disputeId, stage, escalatesAt, decideBy }): Deadline => {
        const own = stage === 'escalated' ? decideBy : escalatesAt;
        return {
          ...owner,
          deadline: stage === 'escalated' ? 'dispute_decision' : 'dispute_escalation',
          subjectId: disputeId,
          dueAt: own !== null && own > dueAt ? own : dueAt,
        };
      }),
  ];
}

const after = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * MILLISECONDS_PER_SECOND).toISOString();

/**
 * The next of the times, 12 hours apart from the end of the payment window on, at which we ask. All
 * refusals between two of them lead to the same one, so that they never multiply.
 */
function paymentRechecks(
  refusedAt: string,
  escrow: readonly EventRecord<EscrowEvent>[],
): readonly string[] {
  const state = fold(escrowEvolution, escrow);
  if (!('terms' in state)) return [];
  const { payBy } = state.terms;
  const elapsedMs = Date.parse(refusedAt) - Date.parse(payBy);
  const elapsedSeconds = elapsedMs / MILLISECONDS_PER_SECOND + RECHECK_NOT_WITHIN_SECONDS;
  const rechecks = Math.max(0, Math.floor(elapsedSeconds / PAYMENT_RECHECK_SECONDS)) + 1;
  return [after(payBy, rechecks * PAYMENT_RECHECK_SECONDS)];
}

function inspectionEnds(
  confirmedAt: string,
  escrow: readonly EventRecord<EscrowEvent>[],
): readonly string[] {
  const state = fold(escrowEvolution, escrow);
  if (!('terms' in state)) return [];
  return [
    ...new Set(state.terms.milestones.map((milestone) => inspectionEnd(confirmedAt, milestone))),
  ];
}
