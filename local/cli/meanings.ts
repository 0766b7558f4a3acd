import type { TradelaneEvent } from '../../events/index.ts';

/** What each event means, for people who watch. */
const MEANINGS: Readonly<Record<TradelaneEvent['type'], string>> = {
  TradeOpened: 'the marketplace opened the trade; the quote is locked',
  PaymentRequested: 'Stripe holds a payment intent for the buyer',
  EscrowFunded: 'the buyer paid; the money is on the platform’s balance',
  FundsConverted: 'converted under the locked quote; the amount is held',
  ShipmentRequested: 'the intent to buy one label is recorded',
  CarrierShipmentCreated: 'the carrier knows the shipment, with customs data',
  LabelPurchased: 'the label is bought',
  LabelRefused: 'the carrier refused the shipment',
  ShipmentBooked: 'the trade is in fulfilment',
  TrackingUpdated: 'the carrier scanned the parcel',
  ShipmentDelivered: 'the parcel is delivered',
  ShipmentDeliveryWithdrawn: 'the carrier took its delivery back',
  DeliveryConfirmed: 'the buyer’s inspection runs',
  DeliveryWithdrawn: 'the inspection is off',
  MilestoneReleased: 'the money is the seller’s, less the fee',
  PayoutRequested: 'the intent to pay the seller is recorded',
  PayoutSubmitted: 'Stripe made the transfer',
  PayoutSettled: 'Stripe confirmed the transfer',
  MilestonePaid: 'the milestone is paid',
  TradeSettled: 'the trade is over',
  CancellationRequested: 'the trade is to be closed unpaid',
  CancellationRefused: 'the buyer had paid already',
  TradeCanceled: 'the trade is canceled',
  TradeExpired: 'the trade was not paid in time',
};

export const meaningOf = (type: TradelaneEvent['type']): string => MEANINGS[type];
