import type { TradelaneEvent } from '../../../events/index.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { isSame } from './support/arithmetic.ts';
import {
  type EventType,
  escrowOf,
  eventsOf,
  firstOf,
  latestIntent,
  paidBy,
  payoutOf,
  shipmentOf,
} from './support/history.ts';

/**
 * A decision, once recorded, is never replaced: nothing of a kind that happens once is recorded
 * twice, and what follows keeps to what was decided before it.
 */
export const decisionsStand = invariant({
  name: '13-decisions-stand',
  number: 13,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, tradeId, events } of world.step.appended) {
      for (const event of events) {
        if (ONCE.has(event.type)) {
          const times = eventsOf(world.streams.get(streamId) ?? [], event.type).length;
          if (times > 1) report(tradeId, `${streamId} has ${event.type} ${times} times`);
        }
        checkEvent(world, { tradeId, event }, report);
      }
    }
  },
});

const ONCE: ReadonlySet<EventType> = new Set([
  'TradeOpened',
  'PaymentRequested',
  'EscrowFunded',
  'FundsConverted',
  'ShipmentBooked',
  'TradeCanceled',
  'TradeExpired',
  'ShipmentRequested',
  'CarrierShipmentCreated',
  'LabelPurchased',
  'LabelRefused',
  'PayoutRequested',
  'PayoutBatchClosed',
] satisfies EventType[]);

function checkEvent(
  world: World,
  { tradeId, event }: { readonly tradeId: string; readonly event: TradelaneEvent },
  report: Report,
): void {
  const expect = (what: string, now: unknown, before: unknown): void => {
    if (before !== undefined && now !== before) {
      report(tradeId, `${event.type} names ${what} ${now}, decided was ${before}`);
    }
  };
  switch (event.type) {
    case 'EscrowFunded': {
      if (event.receiptIds !== undefined) return;
      const requested = firstOf(escrowOf(world, tradeId), 'PaymentRequested');
      expect('payment', event.paymentIntentId, requested?.paymentIntentId);
      return;
    }
    case 'LabelPurchased': {
      const prepared = firstOf(shipmentOf(world, event.shipmentId), 'CarrierShipmentCreated');
      expect('carrier shipment', event.carrierShipmentId, prepared?.carrierShipmentId);
      return;
    }
    case 'ShipmentBooked': {
      const label = firstOf(shipmentOf(world, event.shipmentId), 'LabelPurchased');
      expect('tracking number', event.trackingNumber, label?.trackingNumber ?? 'none');
      return;
    }
    case 'PayoutSettled': {
      const records = payoutOf(world, event.payoutId);
      const intent = latestIntent(records);
      const submitted = eventsOf(records, 'PayoutSubmitted').at(-1);
      expect('transfer', event.transferId, submitted?.transferId);
      expect('milestone', event.milestoneId, intent?.milestoneId);
      expect('the amount', intent === undefined || isSame(intent.amount, event.amount), true);
      return;
    }
    case 'MilestonePaid': {
      const paid = paidBy(payoutOf(world, event.payoutId));
      expect('milestone', event.milestoneId, paid?.milestoneId ?? 'none');
      return;
    }
    default:
  }
}
