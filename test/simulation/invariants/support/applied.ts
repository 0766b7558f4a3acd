import type { World } from '../../world.ts';
import { escrowOf, eventsOf, firstOf, payoutOf } from './history.ts';
import { tradeOfStripeObject } from './messages.ts';

/** What we act on, and can be seen to have acted on. */
export const HANDLED: ReadonlySet<string> = new Set([
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'transfer.created',
  'refund.created',
  'refund.updated',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'tracker.created',
  'tracker.updated',
]);

/** Scans are checked with the parcel as a whole, by 12-order-converges. */
export function isApplied(
  world: World,
  { eventType, objectId }: { readonly eventType: string; readonly objectId: string },
): boolean {
  const tradeId = tradeOfStripeObject(world, objectId);
  switch (eventType) {
    case 'payment_intent.succeeded':
      return (
        tradeId !== null &&
        firstOf(escrowOf(world, tradeId), 'EscrowFunded')?.paymentIntentId === objectId
      );
    case 'payment_intent.canceled': {
      const records = tradeId === null ? [] : escrowOf(world, tradeId);
      return (
        firstOf(records, 'TradeCanceled') !== undefined ||
        firstOf(records, 'TradeExpired') !== undefined ||
        firstOf(records, 'PaymentNoLongerNeeded') !== undefined
      );
    }
    case 'refund.created':
    case 'refund.updated':
      return eventsOf(tradeId === null ? [] : escrowOf(world, tradeId), 'RefundSubmitted').some(
        ({ providerRefundId }) => providerRefundId === objectId,
      );
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return isChargedBack(world, { tradeId, objectId }, ['ChargebackOpened']);
    case 'charge.dispute.closed':
      return isChargedBack(world, { tradeId, objectId }, ['ChargebackWon', 'ChargebackLost']);
    case 'transfer.created': {
      const payoutId = world.stripe.transfers.find(({ id }) => id === objectId)?.payoutId ?? '';
      return eventsOf(payoutOf(world, payoutId), 'PayoutSettled').some(
        ({ transferId }) => transferId === objectId,
      );
    }
    default:
      return true;
  }
}

const isChargedBack = (
  world: World,
  { tradeId, objectId }: { readonly tradeId: string | null; readonly objectId: string },
  types: readonly ('ChargebackOpened' | 'ChargebackWon' | 'ChargebackLost')[],
): boolean =>
  tradeId !== null &&
  types.some((type) =>
    eventsOf(escrowOf(world, tradeId), type).some(({ chargebackId }) => chargebackId === objectId),
  );
