import type { TradelaneEvent } from '../../../events/index.ts';
import type { StripeDispute, World } from '../world.ts';
import { invariant } from './invariant.ts';
import { isSame } from './support/arithmetic.ts';
import {
  type EventOf,
  escrowOf,
  eventsOf,
  firstOf,
  paidBy,
  payoutOf,
  shipmentOf,
} from './support/history.ts';
import { parcelsOf } from './support/parcel.ts';

/**
 * Only what happened changes state: a payment, label, scan, transfer or delivery is recorded as its
 * provider has it, for the trade it belongs to, or not at all.
 */
export const stateFollowsProviders = invariant({
  name: '21-state-follows-providers',
  number: 21,
  when: 'step',
  find: (world, report) => {
    for (const { streamId, tradeId, events } of world.step.appended) {
      for (const event of events) {
        if (!isTrue(world, { streamId, tradeId, event })) {
          report(tradeId, `${event.type} of ${streamId} is not what its provider has`);
        }
      }
    }
  },
});

function isTrue(
  world: World,
  recorded: {
    readonly streamId: string;
    readonly tradeId: string;
    readonly event: TradelaneEvent;
  },
): boolean {
  const { event, tradeId, streamId } = recorded;
  switch (event.type) {
    case 'PaymentRequested':
      return world.stripe.intents.get(event.paymentIntentId)?.tradeId === tradeId;
    case 'EscrowFunded':
      return event.receiptIds === undefined
        ? isCharged(world, event)
        : receivedBy(world, event.receiptIds) === event.received.amountMinor;
    case 'PartialPaymentReceived':
      return isReceived(world, event);
    case 'CarrierShipmentCreated': {
      const shipment = world.carrier.shipments.get(event.carrierShipmentId);
      return `shipment#${shipment?.reference}` === streamId;
    }
    case 'LabelPurchased':
      return isLabeled(world, event);
    case 'ParcelsLabeled':
      return areLabeled(world, event);
    case 'LabelVoided':
      return isVoided(world, event);
    case 'TrackingUpdated':
      return isScanned(world, streamId, event);
    case 'DeliveryConfirmed':
      return isDelivered(world, event);
    case 'PayoutSubmitted':
    case 'PayoutSettled':
      return isTransferred(world, event);
    case 'RefundSubmitted':
    case 'RefundCredited':
    case 'RefundSettled':
      return isRefunded(world, event);
    case 'TransferReversed':
      return world.stripe.reversals.some(
        ({ id, transferId, reversalId, amount }) =>
          id === event.providerReversalId &&
          transferId === event.transferId &&
          reversalId === event.reversalId &&
          isSame(amount, event.amount),
      );
    case 'ChargebackOpened':
    case 'ChargebackAdjusted':
    case 'ChargebackWon':
    case 'ChargebackLost':
      return world.stripe.disputes.some((dispute) => isDisputed(dispute, event));
    case 'MilestonePaid':
      return paidBy(payoutOf(world, event.payoutId)) !== undefined;
    default:
      return true;
  }
}

/** As the bank has said by now, though it may have changed its mind since. */
function isDisputed(
  { id, chargeId, wasInquiry, ends, anew }: StripeDispute,
  event: EventOf<'ChargebackOpened' | 'ChargebackAdjusted' | 'ChargebackWon' | 'ChargebackLost'>,
): boolean {
  if (id !== event.chargebackId) return false;
  switch (event.type) {
    case 'ChargebackOpened':
      return chargeId === event.chargeId && (wasInquiry || event.inquiry !== true);
    case 'ChargebackAdjusted':
      return anew > 0 || event.reopened !== true;
    case 'ChargebackWon':
      return ends.includes('won');
    case 'ChargebackLost':
      return ends.includes('lost');
  }
}

/** What finance identified for these receipts, in minor units. */
const receivedBy = ({ records }: World, receiptIds: readonly string[]): bigint =>
  eventsOf(records, 'ReceiptIdentified')
    .filter(({ movementId }) => receiptIds.includes(movementId))
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0n);

/** A part is what a receipt brought, or what the buyer has transferred by then and was not charged. */
function isReceived(world: World, event: EventOf<'PartialPaymentReceived'>): boolean {
  const { way, reference, added, received, tradeId } = event;
  if (way === 'receipt') return receivedBy(world, [reference]) === added.amountMinor;
  const intent = [...world.stripe.intents.values()].find((one) => one.tradeId === tradeId);
  const funded = world.stripe.cash
    .filter(({ type, customerId }) => type === 'funded' && customerId === intent?.customerId)
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
  return received.amountMinor <= funded;
}

/** At Stripe, or by finance from the bank. */
const isRefunded = (
  { stripe, records }: World,
  { providerRefundId, refundId }: { readonly providerRefundId: string; readonly refundId: string },
): boolean =>
  stripe.refunds.some((refund) => refund.id === providerRefundId && refund.refundId === refundId) ||
  eventsOf(records, 'RefundPaid').some(
    (paid) => paid.movementId === providerRefundId && paid.refundId === refundId,
  );

/** What receipts have paid of a payment in two ways: all that finance identified before it. */
function byReceiptsOf(world: World, { tradeId, byReceipts }: EventOf<'EscrowFunded'>): bigint {
  if (byReceipts === undefined) return 0n;
  const records = escrowOf(world, tradeId);
  const index = records.findIndex((record) => firstOf([record], 'EscrowFunded') !== undefined);
  const before = eventsOf(records.slice(0, index), 'PartialPaymentReceived');
  const ids = before.filter(({ way }) => way === 'receipt').map(({ reference }) => reference);
  return receivedBy(world, ids);
}

function isCharged(world: World, event: EventOf<'EscrowFunded'>): boolean {
  const charge = world.stripe.charges.find(({ id }) => id === event.chargeId);
  return (
    charge !== undefined &&
    charge.tradeId === event.tradeId &&
    charge.paymentIntentId === event.paymentIntentId &&
    charge.amount.currency === event.received.currency &&
    charge.amount.amountMinor === event.received.amountMinor - byReceiptsOf(world, event) &&
    isSame(charge.settled, event.settled) &&
    isSame(charge.fee, event.fee) &&
    Math.floor(charge.capturedAtMs / 1_000) * 1_000 === Date.parse(event.capturedAt)
  );
}

function isLabeled({ carrier }: World, event: EventOf<'LabelPurchased'>): boolean {
  const own = carrier.labels.filter(({ reference }) => reference === event.shipmentId);
  const label = own.find(({ trackerId }) => trackerId === event.trackerId);
  const price = own.reduce((sum, { price: { amountMinor } }) => sum + amountMinor, 0n);
  return (
    label !== undefined &&
    label.trackingNumber === event.trackingNumber &&
    isSame({ ...label.price, amountMinor: price }, event.price)
  );
}

/** Every label of a purchase, and no other. */
function areLabeled({ carrier }: World, event: EventOf<'ParcelsLabeled'>): boolean {
  const own = carrier.labels.filter(({ reference }) => reference === event.shipmentId);
  return (
    own.length === event.parcels.length &&
    own.every(({ trackerId, trackingNumber }) =>
      event.parcels.some(
        (parcel) => parcel.trackerId === trackerId && parcel.trackingNumber === trackingNumber,
      ),
    )
  );
}

/** A label that was given back is so at its carrier, for each of its parcels. */
const isVoided = ({ carrier }: World, { shipmentId }: EventOf<'LabelVoided'>): boolean =>
  [...carrier.shipments.values()]
    .filter(({ reference }) => reference === shipmentId)
    .flatMap(({ parcels }) => parcels)
    .every(({ label, isGivenBack }) => label === null || isGivenBack);

/** A summary that the provider drew from its scans is no scan, and has no time of its own. */
function isScanned(world: World, streamId: string, event: EventOf<'TrackingUpdated'>): boolean {
  const records = world.streams.get(streamId) ?? [];
  const parcels = parcelsOf(records);
  const made = world.carrier.scans.filter((scan) =>
    parcels.some(({ trackerId }) => trackerId === scan.trackerId),
  );
  return event.scans.every(
    ({ synthetic, occurredAt, rawStatus, parcel }) =>
      synthetic === true ||
      made.some(
        ({ occurredAtMs, status, detail, trackerId }) =>
          Math.trunc(occurredAtMs) === Date.parse(occurredAt) &&
          rawStatus === `${status}/${detail}` &&
          (parcels.length < 2 ||
            parcels.some((one) => one.trackerId === trackerId && one.trackingNumber === parcel)),
      ),
  );
}

function isDelivered(world: World, event: EventOf<'DeliveryConfirmed'>): boolean {
  const { shipmentId, deliveredAt, evidenceSha256 } = event;
  return shipmentOf(world, shipmentId).some(({ events }) =>
    events.some(
      (told) =>
        told.type === 'ShipmentDelivered' &&
        told.deliveredAt === deliveredAt &&
        told.evidenceSha256 === evidenceSha256,
    ),
  );
}

/** At Stripe, or in a batch for the bank. */
const isTransferred = (
  { stripe, records }: World,
  { payoutId, transferId }: { readonly payoutId: string; readonly transferId: string },
): boolean =>
  stripe.transfers.some(
    (transfer) => transfer.id === transferId && transfer.payoutId === payoutId,
  ) ||
  eventsOf(records, 'PayoutInstructionAdded').some(
    (payment) => payment.endToEndId === transferId && payment.payoutId === payoutId,
  );
