import type {
  BatchEvent,
  EscrowEvent,
  PayoutEvent,
  SellerEvent,
  ShipmentEvent,
  TradelaneEvent,
} from '../../../events/index.ts';
import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import {
  inMemoryEvidenceVault,
  inMemoryPartyVault,
} from '../../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { inMemoryViewStore } from '../../../src/adapters/in-memory/view-store.ts';
import { type OpenTradeResult, openTrade } from '../../../src/escrow/open-trade.ts';
import { journaledStore, type RecordStore } from '../../../src/ledger/journaled-store.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { blockDesk } from '../../../src/process/block-desk.ts';
import { quoteDesk, rateDesk } from '../../../src/process/quote-desk.ts';
import { keepParties, toProposal } from '../../../src/process/trade-proposal.ts';
import { USUAL_POLLING } from '../../../src/tracking/polling.ts';
import { marketplaceId, sample, story } from '../../support/builders.ts';
import { fakeCarrier } from '../../support/fake-carrier.ts';
import { feedOf } from '../../support/fake-feed.ts';
import { fakePayments } from '../../support/fake-payments.ts';
import { fakeRail, settlementWith } from '../../support/fake-rail.ts';
import { fakeTreasury } from '../../support/fake-treasury.ts';
import { bundledDay } from '../fx/rate-days.ts';

export const order = sample(CreateTrade, 'marketplace/create-trade');

/** The story's order as a proposal under a key of its own. */
export const proposalOf = (idempotencyKey: string) =>
  toProposal(order, {
    ...{ marketplaceId, idempotencyKey },
    ...{ feeBasisPoints: 250, inspectionPeriodSeconds: 259_200 },
  });

/** The story's proposal: its ids are the story's. */
export const proposal = proposalOf('checkout-PO-2026-000117');

/** A store that tells of every record appended, and may fail after an append has taken effect. */
function watched<E extends TradelaneEvent>(watch: {
  readonly tell: (record: EventRecord<E>) => void;
  readonly failsAfterAppend: () => boolean;
}) {
  const records = inMemoryRecordStore<E>();
  const store: RecordStore<E> = {
    load: records.load,
    append: async (record) => {
      const answer = await records.append(record);
      if (answer === 'appended') watch.tell(record);
      if (watch.failsAfterAppend()) throw new Error('The store did not answer.');
      return answer;
    },
  };
  return { ...records, port: journaledStore(store) };
}

/**
 * Every store and provider that the consumers need, all in memory, for one marketplace. The clock
 * stands until it is moved.
 */
export function office(
  watch: {
    readonly tell?: (record: EventRecord<TradelaneEvent>) => void;
    readonly failsAfterAppend?: () => boolean;
  } = {},
) {
  const tell = (record: EventRecord<TradelaneEvent>): void => watch.tell?.(record);
  const watching = { tell, failsAfterAppend: watch.failsAfterAppend ?? (() => false) };
  const escrows = watched<EscrowEvent>(watching);
  const shipments = watched<ShipmentEvent>(watching);
  const payouts = watched<PayoutEvent>(watching);
  const clock = { at: story.tradeOpened.quote.createdAt };
  const now = () => new Date(clock.at);
  const [payments, rail, carrier] = [fakePayments(), fakeRail(), fakeCarrier()];
  const [vault, views, rates] = [inMemoryPartyVault(), inMemoryViewStore(), inMemoryRatesStore()];
  const quotes = quoteDesk({
    rates,
    ...{ marginBasisPoints: 150, lockPremiumBasisPoints: 0, lockSeconds: 1_800 },
  });
  const escrow = { store: escrows.port, now, quotes };
  const evidence = inMemoryEvidenceVault();
  const collection = {
    ...{ ...escrow, evidence, payments: payments.provider, rates: rateDesk(rates) },
  };
  const sellers = watched<SellerEvent>(watching);
  const batches = watched<BatchEvent>(watching);
  const settlement = {
    ...settlementWith({
      ...{ rail: rail.port, now, store: payouts.port },
      ...{ sellers: sellers.port, batches: batches.port },
      blockOf: blockDesk(escrows.port),
    }),
    escrows: escrows.port,
  };
  const shipment = { store: shipments.port, now };

  return {
    clock,
    payments,
    rail,
    carrier,
    vault,
    evidence,
    views,
    ports: {
      escrow,
      payments: { collection, settlement, feed: feedOf(), treasury: fakeTreasury().ports },
      settlement,
      shipment: { ...shipment, escrows: escrow, vault, carrier: carrier.port },
      tracking: { ...shipment, views, graceSeconds: 0 },
      poll: {
        ...{ ...shipment, views, graceSeconds: 0, policy: USUAL_POLLING },
        carrierOf: async () => carrier.port,
        subscribers: async () => [],
      },
      projection: {
        ...{ escrows: escrows.port, payouts: payouts.port, views },
        sellers: settlement.sellers,
      },
      stores: { escrows: escrows.port, shipments: shipments.port, payouts: payouts.port },
    },
    records: (): readonly EventRecord<TradelaneEvent>[] => [
      ...escrows.all(),
      ...shipments.all(),
      ...payouts.all(),
      ...sellers.all(),
      ...batches.all(),
    ],
    /** An order, checked out: from here the trade has its id, its price and its payment. */
    open: async (checkout = proposal): Promise<OpenTradeResult> => {
      await rates.putIfAbsent(bundledDay);
      const keep = () => keepParties(vault, checkout, order);
      return openTrade({ ...collection, keepParties: keep, paymentWindowSeconds: 1_800 }, checkout);
    },
  };
}

export type Office = ReturnType<typeof office>;
