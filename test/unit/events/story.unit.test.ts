import { EventRecordSchema } from '../../../events/event-record.v1.ts';
import { FxQuote } from '../../../events/fx/fx-quote.v1.ts';
import { JournalEntry } from '../../../events/ledger/journal-entry.v1.ts';
import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import { PartyProfile } from '../../../events/marketplace/party.v1.ts';
import { DeadlinePassed } from '../../../events/messages/deadline-passed.v1.ts';
import { RoutedRecord } from '../../../events/messages/routed-record.v1.ts';
import { StripeEventReceived } from '../../../events/messages/stripe-event-received.v1.ts';
import { TrackingReceived } from '../../../events/messages/tracking-received.v1.ts';
import { TrackingEvent } from '../../../events/shipment/tracking-event.v1.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import { type EscrowState, initialEscrow } from '../../../src/escrow/state.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { payoutIdFor, quoteIdFor, shipmentIdFor } from '../../../src/platform/ids.ts';
import { routeRecord } from '../../../src/process/routes.ts';
import { toProposal } from '../../../src/process/trade-proposal.ts';
import { evolvePayout, payoutEvolution } from '../../../src/settlement/payout-state.ts';
import { evolveShipment, shipmentEvolution } from '../../../src/shipment/shipment.ts';
import { sample, story, termsOf, tradeId } from '../../support/builders.ts';

const order = sample(CreateTrade, 'marketplace/create-trade');
const record = sample(EventRecordSchema, 'event-record');

const escrowEvents = [
  story.tradeOpened,
  story.paymentRequested,
  story.cancellationRequested,
  story.cancellationRefused,
  story.escrowFunded,
  story.fundsConverted,
  story.shipmentBooked,
  story.deliveryConfirmed,
  story.milestoneReleased,
  story.milestonePaid,
  story.tradeSettled,
];
const shipmentEvents = [
  story.shipmentRequested,
  story.carrierShipmentCreated,
  story.labelPurchased,
  story.trackingUpdated,
  story.shipmentDelivered,
];
const payoutEvents = [story.payoutRequested, story.payoutSubmitted, story.payoutSettled];

describe('The samples tell one trade', () => {
  it('which was opened by the sample order', () => {
    const proposal = toProposal(order, {
      marketplaceId: story.tradeOpened.marketplaceId,
      idempotencyKey: 'checkout-PO-2026-000117',
      feeBasisPoints: 250,
      inspectionPeriodSeconds: 259_200,
    });
    expect(termsOf()).toMatchObject(proposal);
    expect(story.tradeOpened.quote).toEqual(sample(FxQuote, 'fx/fx-quote'));
    expect(sample(PartyProfile, 'marketplace/party')).toEqual(order.parties.buyer);
  });

  it('in which the buyer pays EUR 10,246.74 and the seller receives USD 11,212.50', () => {
    expect(story.escrowFunded.received).toEqual(money('EUR', 1_024_674n));
    expect(story.fundsConverted.converted).toEqual(money('USD', 1_150_000n));
    expect(story.payoutSettled.amount).toEqual(money('USD', 1_121_250n));
  });

  it('whose escrow goes from opened to settled', () => {
    const states: EscrowState[] = [];
    escrowEvents.reduce((state, event) => {
      const next = evolveEscrow(state, event);
      states.push(next);
      return next;
    }, initialEscrow);
    expect(states.at(-1)).toMatchObject({ status: 'settled', paidMilestoneIds: ['delivery'] });
  });

  it('whose parcel is delivered and whose payout is settled', () => {
    expect(shipmentEvents.reduce(evolveShipment, shipmentEvolution.initial)).toMatchObject({
      status: 'labeled',
      trackingStatus: 'delivered',
      delivered: true,
    });
    expect(payoutEvents.reduce(evolvePayout, payoutEvolution.initial)).toMatchObject({
      status: 'settled',
    });
  });

  it('whose ids follow from the trade', () => {
    expect(story.shipmentRequested.shipmentId).toBe(shipmentIdFor(tradeId, 1));
    expect(story.payoutRequested.payoutId).toBe(payoutIdFor(tradeId, 'delivery'));
    expect(story.tradeOpened.quote.id).toBe(quoteIdFor(tradeId));
  });

  it('whose books balance and leave nothing with the trade', () => {
    const balances = balancesOf([...escrowEvents, ...payoutEvents].flatMap(journalize));
    const open = balances.filter(({ account, debitMinor, creditMinor }) =>
      ['1400', '2000', '2100', '2200', '2300'].includes(account)
        ? debitMinor !== creditMinor
        : false,
    );
    expect(isBalanced(balances)).toBe(true);
    expect(open).toEqual([]);
  });

  it('whose record holds the journal of its events', () => {
    expect(record.events).toEqual([story.fundsConverted]);
    expect(record.journal).toEqual(record.events.flatMap(journalize));
    expect(sample(JournalEntry, 'ledger/journal-entry')).toEqual(record.journal[0]);
  });

  it('whose messages are about its own ids', () => {
    expect(routeRecord(record)).toContainEqual(sample(RoutedRecord, 'messages/routed-record'));
    expect(sample(StripeEventReceived, 'messages/stripe-event-received').objectId).toBe(
      story.paymentRequested.paymentIntentId,
    );
    expect(sample(DeadlinePassed, 'messages/deadline-passed')).toMatchObject({
      tradeId,
      dueAt: story.deliveryConfirmed.inspectionEndsAt,
    });
    const tracking = sample(TrackingReceived, 'messages/tracking-received');
    expect(tracking.trackerId).toBe(story.labelPurchased.trackerId);
    expect(tracking.scans).toEqual(expect.arrayContaining(story.trackingUpdated.scans));
    expect(story.trackingUpdated.scans).toEqual([sample(TrackingEvent, 'shipment/tracking-event')]);
  });
});
