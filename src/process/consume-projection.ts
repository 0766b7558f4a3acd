import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { EscrowEvent, PayoutEvent, SellerEvent, TradelaneEvent } from '../../events/index.ts';
import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import { publicStatus } from '../escrow/status.ts';
import type { EventStore } from '../platform/event-store.ts';
import { escrowStream } from '../platform/ids.ts';
import type { PollingPolicy } from '../tracking/polling.ts';
import { TRACKING_NUMBER } from './consume-tracking.ts';
import { deadlinesOf } from './deadlines-of.ts';
import { type EscrowHistory, historyOf } from './escrow-history.ts';
import { done, type Handled } from './handled.ts';
import { postingsOf } from './postings-of.ts';
import { planDebts, planFinance, putFinance } from './project-finance.ts';
import type { SliceKey, TradeSummary, ViewStore } from './views.ts';

export const ProjectionMessage = RoutedRecord;

const MINUTE_LENGTH = 'YYYY-MM-DDTHH:MM'.length;

export type ProjectionPorts = {
  readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
  readonly payouts: Pick<EventStore<PayoutEvent>, 'load'>;
  readonly sellers: Pick<EventStore<SellerEvent>, 'load'>;
  readonly views: ViewStore;
  /** When to look whether a parcel is silent, where it is not the usual. */
  readonly polling?: PollingPolicy;
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
    const { streamId, tradeId } = record;
    const isOfPayout = streamId.startsWith('payout#');
    const isOfTrade = streamId.startsWith('escrow#');
    const escrow = historyOf(
      isOfTrade || isOfPayout ? await ports.escrows.load(escrowStream(tradeId)) : [],
    );
    const payout = isOfPayout ? await ports.payouts.load(streamId) : [];
    const summary = isOfTrade ? summarize(escrow) : undefined;
    const finance = streamId.startsWith('seller#')
      ? await planDebts(record, ports)
      : planFinance(record, { escrow, payout });
    const deadlines = deadlinesOf(record, escrow.state, ports.polling);
    await Promise.all([
      summary === undefined ? undefined : ports.views.putTrade(summary),
      projectLedger(ports.views, record),
      projectTracker(ports.views, record.events),
      projectPayments(ports.views, record),
      putFinance(ports.views, finance),
      ports.views.putDeadlines(deadlines),
    ]);
    return done;
  };

/** A trade's summary after the given records of its stream. */
export function summarize({ records, state }: EscrowHistory): TradeSummary | undefined {
  const [first] = records;
  const last = records.at(-1);
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
    if (event.type === 'ParcelsLabeled') {
      const { provider, parcels, shipmentId } = event;
      await Promise.all(
        parcels.flatMap(({ trackerId, trackingNumber }) => [
          views.putTracker(provider, trackerId, shipmentId),
          views.putTracker(TRACKING_NUMBER, trackingNumber, shipmentId),
        ]),
      );
    }
  }
}
