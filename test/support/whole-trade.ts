import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { BreakEvent, EscrowEvent, PayoutEvent, ShipmentEvent } from '../../events/index.ts';
import sampleRequest from '../../events/marketplace/create-trade.v1.json' with { type: 'json' };
import { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import type { DeadlinePassed } from '../../events/messages/deadline-passed.v1.ts';
import type { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import type { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';
import { inMemoryLaneStore } from '../../src/adapters/in-memory/lane-store.ts';
import {
  inMemoryEvidenceVault,
  inMemoryPartyVault,
} from '../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRatesStore } from '../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { openTrade } from '../../src/escrow/open-trade.ts';
import { journaledStore, type RecordStore } from '../../src/ledger/journaled-store.ts';
import { lastPublication } from '../../src/platform/target-calendar.ts';
import { consumeConversion } from '../../src/process/consume-conversion.ts';
import { consumeEscrow } from '../../src/process/consume-escrow.ts';
import { consumePayments } from '../../src/process/consume-payments.ts';
import { consumePolls } from '../../src/process/consume-polls.ts';
import { consumeProjection } from '../../src/process/consume-projection.ts';
import { consumeReconciliation } from '../../src/process/consume-reconciliation.ts';
import { consumeSettlement } from '../../src/process/consume-settlement.ts';
import { consumeShipment } from '../../src/process/consume-shipment.ts';
import { consumeTracking } from '../../src/process/consume-tracking.ts';
import type { Handled } from '../../src/process/handled.ts';
import { quoteDesk, rateDesk } from '../../src/process/quote-desk.ts';
import { routeRecord } from '../../src/process/routes.ts';
import { sendDeadlines } from '../../src/process/send-deadlines.ts';
import { keepParties, toProposal } from '../../src/process/trade-proposal.ts';
import type { ViewStore } from '../../src/process/views.ts';
import { USUAL_POLLING } from '../../src/tracking/polling.ts';
import { bundledDay } from '../unit/fx/rate-days.ts';
import { later } from './builders.ts';
import { feedOf } from './fake-feed.ts';
import { settlementWith } from './fake-rail.ts';
import { fakeTreasury } from './fake-treasury.ts';
import { providers } from './obliging-providers.ts';
import { scanAt } from './scans.ts';

const opened = '2026-11-20T08:00:00.000Z';
const inspectionSeconds = 259_200;

/** Where a trade's records and read models go. */
export type TradeStores = {
  readonly escrows: RecordStore<EscrowEvent>;
  readonly shipments: RecordStore<ShipmentEvent>;
  readonly payouts: RecordStore<PayoutEvent>;
  readonly views: ViewStore;
};

/**
 * The published sample request, driven from checkout to settled by the product's own use cases and
 * consumers over the given stores, with providers that always oblige.
 *
 * @returns every record, in the order of its append.
 */
export async function runWholeTrade(stores: TradeStores): Promise<readonly TradelaneRecord[]> {
  const records: TradelaneRecord[] = [];
  const clock = { at: opened };
  const ports = wire(observed(stores, records), clock);
  const routed = { count: 0 };
  const pump = async (): Promise<void> => {
    for (let record = records[routed.count]; record; record = records[routed.count]) {
      routed.count += 1;
      for (const message of routeRecord(record)) await ports.consume(message);
    }
  };

  const { paymentIntentId, tradeId } = await ports.open();
  clock.at = later(opened, 120);
  await ports.reported('payment_intent.succeeded', paymentIntentId);
  await pump();
  clock.at = later(opened, 86_400);
  await ports.delivered();
  await pump();
  clock.at = later(clock.at, inspectionSeconds);
  await ports.tick();
  await pump();
  await ports.reported('transfer.created', `tr_of_${tradeId}`);
  await pump();
  return records;
}

/** The stores, telling of each record that was appended. */
function observed(stores: TradeStores, records: TradelaneRecord[]) {
  const tell = <E>(store: RecordStore<E>): RecordStore<E> => ({
    load: store.load,
    append: async (record) => {
      const answer = await store.append(record);
      if (answer === 'appended') records.push(record as unknown as TradelaneRecord);
      return answer;
    },
  });
  return {
    escrows: journaledStore(tell(stores.escrows)),
    shipments: journaledStore(tell(stores.shipments)),
    payouts: journaledStore(tell(stores.payouts)),
    views: stores.views,
  };
}

type Observed = ReturnType<typeof observed>;

function wire(stores: Observed, clock: { at: string }) {
  const now = () => new Date(clock.at);
  const { payments, rail, carrier } = providers(now);
  const vault = inMemoryPartyVault();
  const rates = inMemoryRatesStore();
  const quotes = quoteDesk({
    rates,
    ...{ marginBasisPoints: 150, lockPremiumBasisPoints: 0, lockSeconds: 1_800 },
  });
  const escrow = { store: stores.escrows, now };
  const settlement = {
    ...settlementWith({ rail, now, store: stores.payouts }),
    escrows: stores.escrows,
  };
  const shipment = { store: stores.shipments, now };
  const payment = consumePayments({
    collection: {
      ...{ ...escrow, payments, rates: rateDesk(rates) },
      evidence: inMemoryEvidenceVault(),
    },
    ...{ settlement, feed: feedOf(), treasury: fakeTreasury().ports },
  });
  const deadline = {
    escrow: consumeEscrow(escrow),
    settlement: consumeSettlement(settlement),
    payments: payment,
    poll: consumePolls({
      ...{ ...shipment, views: stores.views, graceSeconds: 0, policy: USUAL_POLLING },
      carrierOf: async () => carrier,
      subscribers: async () => [],
    }),
  };
  const consumers: Record<RoutedRecord['target'], (message: RoutedRecord) => Promise<Handled>> = {
    conversion: consumeConversion({ ...escrow, quotes }),
    shipment: consumeShipment({ ...shipment, escrows: escrow, vault, carrier }),
    ...deadline,
    projection: consumeProjection({ ...stores, sellers: settlement.sellers }),
    reconciliation: consumeReconciliation({
      ...{ lanes: inMemoryLaneStore(), views: stores.views },
      breaks: journaledStore(inMemoryRecordStore<BreakEvent>()),
      match: async () => undefined,
    }),
  };
  return {
    consume: async (message: RoutedRecord) =>
      accomplished(await consumers[message.target](message)),
    reported: async (eventType: StripeEventReceived['eventType'], objectId: string) =>
      accomplished(await payment(stripeEvent(eventType, objectId, clock.at))),
    delivered: async () => {
      const track = consumeTracking({ ...shipment, views: stores.views, graceSeconds: 0 });
      accomplished(await track(scansUntilDelivery(clock.at)));
    },
    tick: () =>
      sendDeadlines({
        views: stores.views,
        send: async (queue, messages: readonly DeadlinePassed[]) => {
          for (const message of messages) accomplished(await deadline[queue](message));
        },
        now,
        hasTime: () => true,
      }),
    open: async () => {
      await rates.putIfAbsent({ ...bundledDay, rateDate: lastPublication(now()) });
      return open({ ...escrow, payments, quotes, vault });
    },
  };
}

async function open(
  ports: Pick<Parameters<typeof openTrade>[0], 'store' | 'now' | 'payments' | 'quotes'> & {
    readonly vault: ReturnType<typeof inMemoryPartyVault>;
  },
) {
  const body = CreateTrade.parse(sampleRequest);
  const proposal = toProposal(body, {
    marketplaceId: 'mkt_sample',
    idempotencyKey: 'PO-2026-000117',
    feeBasisPoints: 250,
    inspectionPeriodSeconds: inspectionSeconds,
  });
  const keep = () => keepParties(ports.vault, proposal, body);
  const result = await openTrade(
    { ...ports, keepParties: keep, paymentWindowSeconds: 1_800 },
    proposal,
  );
  if (result.kind === 'refused' || result.payment === null) throw new Error('No trade was opened.');
  return { tradeId: proposal.tradeId, paymentIntentId: result.payment.paymentIntentId };
}

const stripeEvent = (
  eventType: StripeEventReceived['eventType'],
  objectId: string,
  receivedAt: string,
): StripeEventReceived => ({
  kind: 'stripe_event_received',
  version: 1,
  eventId: `evt_${objectId}`,
  eventType,
  objectId,
  receivedAt,
});

const scansUntilDelivery = (receivedAt: string) => ({
  kind: 'tracking_received' as const,
  version: 1 as const,
  provider: 'easypost',
  deliveryId: 'hook_1',
  trackerId: 'trk_1',
  scans: [scanAt(2, 'picked_up'), scanAt(12, 'in_transit'), scanAt(23, 'delivered')],
  receivedAt,
});

function accomplished(handled: Handled): void {
  const { kind } = handled;
  if (kind !== 'done') throw new Error(`A message was not done: ${JSON.stringify(handled)}`);
}
