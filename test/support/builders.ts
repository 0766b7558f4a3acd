import { readFileSync } from 'node:fs';
import type * as z from 'zod/mini';
import { BlockedFundsAdjusted } from '../../events/escrow/blocked-funds-adjusted.v1.ts';
import { CancellationRefused } from '../../events/escrow/cancellation-refused.v1.ts';
import { CancellationRequested } from '../../events/escrow/cancellation-requested.v1.ts';
import { ChargebackAdjusted } from '../../events/escrow/chargeback-adjusted.v1.ts';
import { ChargebackAnswered } from '../../events/escrow/chargeback-answered.v1.ts';
import { ChargebackEvidenceAsked } from '../../events/escrow/chargeback-evidence-asked.v1.ts';
import { ChargebackEvidenceNear } from '../../events/escrow/chargeback-evidence-near.v1.ts';
import { ChargebackLost } from '../../events/escrow/chargeback-lost.v1.ts';
import { ChargebackOpened } from '../../events/escrow/chargeback-opened.v1.ts';
import { ChargebackResponseRequested } from '../../events/escrow/chargeback-response-requested.v1.ts';
import { ChargebackUnanswered } from '../../events/escrow/chargeback-unanswered.v1.ts';
import { ChargebackWon } from '../../events/escrow/chargeback-won.v1.ts';
import { DeliveryConfirmed } from '../../events/escrow/delivery-confirmed.v1.ts';
import { DeliveryWithdrawn } from '../../events/escrow/delivery-withdrawn.v1.ts';
import { DisputeClosed } from '../../events/escrow/dispute-closed.v1.ts';
import { DisputeEscalated } from '../../events/escrow/dispute-escalated.v1.ts';
import { DisputeOpened } from '../../events/escrow/dispute-opened.v1.ts';
import { DisputeProposed } from '../../events/escrow/dispute-proposed.v1.ts';
import { DocumentPresented } from '../../events/escrow/document-presented.v1.ts';
import { DutiesEarmarked } from '../../events/escrow/duties-earmarked.v1.ts';
import { DutiesPaid } from '../../events/escrow/duties-paid.v1.ts';
import { DutiesReleased } from '../../events/escrow/duties-released.v1.ts';
import { EscrowFunded } from '../../events/escrow/escrow-funded.v1.ts';
import { FundsBlocked } from '../../events/escrow/funds-blocked.v1.ts';
import { FundsConverted } from '../../events/escrow/funds-converted.v1.ts';
import { FundsUnblocked } from '../../events/escrow/funds-unblocked.v1.ts';
import { GoodsDispatched } from '../../events/escrow/goods-dispatched.v1.ts';
import { HoldLimitForced } from '../../events/escrow/hold-limit-forced.v1.ts';
import { HoldLimitNear } from '../../events/escrow/hold-limit-near.v1.ts';
import { MilestonePaid } from '../../events/escrow/milestone-paid.v1.ts';
import { MilestonePaymentReturned } from '../../events/escrow/milestone-payment-returned.v1.ts';
import { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import { PartialPaymentReceived } from '../../events/escrow/partial-payment-received.v1.ts';
import { PaymentNoLongerNeeded } from '../../events/escrow/payment-no-longer-needed.v1.ts';
import { PaymentRequested } from '../../events/escrow/payment-requested.v1.ts';
import { RefundCanceled } from '../../events/escrow/refund-canceled.v1.ts';
import { RefundCredited } from '../../events/escrow/refund-credited.v1.ts';
import { RefundFailed } from '../../events/escrow/refund-failed.v1.ts';
import { RefundRequested } from '../../events/escrow/refund-requested.v1.ts';
import { RefundRetried } from '../../events/escrow/refund-retried.v1.ts';
import { RefundSettled } from '../../events/escrow/refund-settled.v1.ts';
import { RefundSubmitted } from '../../events/escrow/refund-submitted.v1.ts';
import { RefundTurnedToBank } from '../../events/escrow/refund-turned-to-bank.v1.ts';
import { RefundValued } from '../../events/escrow/refund-valued.v1.ts';
import { RestRequested } from '../../events/escrow/rest-requested.v1.ts';
import { SellerDebtIncurred } from '../../events/escrow/seller-debt-incurred.v1.ts';
import { ShipmentBooked } from '../../events/escrow/shipment-booked.v1.ts';
import { ShippingMissed } from '../../events/escrow/shipping-missed.v1.ts';
import { TradeCanceled } from '../../events/escrow/trade-canceled.v1.ts';
import { TradeExpired } from '../../events/escrow/trade-expired.v1.ts';
import { TradeOpened } from '../../events/escrow/trade-opened.v1.ts';
import { TradeSettled } from '../../events/escrow/trade-settled.v1.ts';
import { UnblockProposed } from '../../events/escrow/unblock-proposed.v1.ts';
import { PayoutRequested } from '../../events/payout/payout-requested.v1.ts';
import { PayoutSettled } from '../../events/payout/payout-settled.v1.ts';
import { PayoutSubmitted } from '../../events/payout/payout-submitted.v1.ts';
import { BreakWrittenOff } from '../../events/reconciliation/break-written-off.v1.ts';
import { CarrierAsked } from '../../events/shipment/carrier-asked.v1.ts';
import { CarrierShipmentCreated } from '../../events/shipment/carrier-shipment-created.v1.ts';
import { DeliveryProven } from '../../events/shipment/delivery-proven.v1.ts';
import { DeliveryReported } from '../../events/shipment/delivery-reported.v1.ts';
import { LabelPurchased } from '../../events/shipment/label-purchased.v1.ts';
import { LabelRefused } from '../../events/shipment/label-refused.v1.ts';
import { LabelVoidRefused } from '../../events/shipment/label-void-refused.v1.ts';
import { LabelVoidRequested } from '../../events/shipment/label-void-requested.v1.ts';
import { LabelVoided } from '../../events/shipment/label-voided.v1.ts';
import { ParcelsLabeled } from '../../events/shipment/parcels-labeled.v1.ts';
import { PickupCancelRefused } from '../../events/shipment/pickup-cancel-refused.v1.ts';
import { PickupCancelRequested } from '../../events/shipment/pickup-cancel-requested.v1.ts';
import { PickupCanceled } from '../../events/shipment/pickup-canceled.v1.ts';
import { PickupClaimed } from '../../events/shipment/pickup-claimed.v1.ts';
import { PickupRefused } from '../../events/shipment/pickup-refused.v1.ts';
import { PickupRequested } from '../../events/shipment/pickup-requested.v1.ts';
import { PickupScheduled } from '../../events/shipment/pickup-scheduled.v1.ts';
import { PickupUncertain } from '../../events/shipment/pickup-uncertain.v1.ts';
import { PurchaseClaimed } from '../../events/shipment/purchase-claimed.v1.ts';
import { ReturnRequested } from '../../events/shipment/return-requested.v1.ts';
import { ShipmentCalledOff } from '../../events/shipment/shipment-called-off.v1.ts';
import { ShipmentDelivered } from '../../events/shipment/shipment-delivered.v1.ts';
import { ShipmentDeliveryWithdrawn } from '../../events/shipment/shipment-delivery-withdrawn.v1.ts';
import { ShipmentDispatched } from '../../events/shipment/shipment-dispatched.v1.ts';
import { ShipmentRequested } from '../../events/shipment/shipment-requested.v1.ts';
import { ShipmentSilent } from '../../events/shipment/shipment-silent.v1.ts';
import { TrackingFlagged } from '../../events/shipment/tracking-flagged.v1.ts';
import { TrackingSubscribed } from '../../events/shipment/tracking-subscribed.v1.ts';
import { TrackingUpdated } from '../../events/shipment/tracking-updated.v1.ts';
import { CoverTraded } from '../../events/treasury/cover-traded.v1.ts';
import { DifferenceTolerated } from '../../events/treasury/difference-tolerated.v1.ts';
import { OwnFundsMoved } from '../../events/treasury/own-funds-moved.v1.ts';
import { PspPayoutAnnounced } from '../../events/treasury/psp-payout-announced.v1.ts';
import { PspPayoutCalledOff } from '../../events/treasury/psp-payout-called-off.v1.ts';
import { PspPayoutReceived } from '../../events/treasury/psp-payout-received.v1.ts';
import { PspToppedUp } from '../../events/treasury/psp-topped-up.v1.ts';
import { ReceiptIdentified } from '../../events/treasury/receipt-identified.v1.ts';
import { ReceiptReleased } from '../../events/treasury/receipt-released.v1.ts';
import { ReceiptSuspended } from '../../events/treasury/receipt-suspended.v1.ts';
import { ReferenceTaken } from '../../events/treasury/reference-taken.v1.ts';
import { RefundPaid } from '../../events/treasury/refund-paid.v1.ts';
import { RefundReturned } from '../../events/treasury/refund-returned.v1.ts';
import type { Payment, Terms } from '../../src/escrow/state.ts';

/** A published sample, as its JSON has it. */
export const readSample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../events/${name}.v1.json`, import.meta.url), 'utf8'));

/** A published sample, as its schema reads it. */
export const sample = <T>(schema: z.ZodMiniType<T>, name: string): T =>
  schema.parse(readSample(name));

/**
 * The events of the published samples. Together they tell one trade: USD 11,500.00 of goods, paid
 * with EUR 10,246.74, of which USD 11,212.50 reach the seller.
 */
export const story = {
  tradeOpened: sample(TradeOpened, 'escrow/trade-opened'),
  paymentRequested: sample(PaymentRequested, 'escrow/payment-requested'),
  cancellationRequested: sample(CancellationRequested, 'escrow/cancellation-requested'),
  cancellationRefused: sample(CancellationRefused, 'escrow/cancellation-refused'),
  partialPaymentReceived: sample(PartialPaymentReceived, 'escrow/partial-payment-received'),
  restRequested: sample(RestRequested, 'escrow/rest-requested'),
  paymentNoLongerNeeded: sample(PaymentNoLongerNeeded, 'escrow/payment-no-longer-needed'),
  escrowFunded: sample(EscrowFunded, 'escrow/escrow-funded'),
  fundsConverted: sample(FundsConverted, 'escrow/funds-converted'),
  shipmentBooked: sample(ShipmentBooked, 'escrow/shipment-booked'),
  deliveryConfirmed: sample(DeliveryConfirmed, 'escrow/delivery-confirmed'),
  deliveryWithdrawn: sample(DeliveryWithdrawn, 'escrow/delivery-withdrawn'),
  milestoneReleased: sample(MilestoneReleased, 'escrow/milestone-released'),
  milestonePaid: sample(MilestonePaid, 'escrow/milestone-paid'),
  milestonePaymentReturned: sample(MilestonePaymentReturned, 'escrow/milestone-payment-returned'),
  tradeSettled: sample(TradeSettled, 'escrow/trade-settled'),
  tradeCanceled: sample(TradeCanceled, 'escrow/trade-canceled'),
  tradeExpired: sample(TradeExpired, 'escrow/trade-expired'),
  refundRequested: sample(RefundRequested, 'escrow/refund-requested'),
  refundValued: sample(RefundValued, 'escrow/refund-valued'),
  refundSubmitted: sample(RefundSubmitted, 'escrow/refund-submitted'),
  refundSettled: sample(RefundSettled, 'escrow/refund-settled'),
  refundCredited: sample(RefundCredited, 'escrow/refund-credited'),
  refundFailed: sample(RefundFailed, 'escrow/refund-failed'),
  refundRetried: sample(RefundRetried, 'escrow/refund-retried'),
  refundTurnedToBank: sample(RefundTurnedToBank, 'escrow/refund-turned-to-bank'),
  refundCanceled: sample(RefundCanceled, 'escrow/refund-canceled'),
  sellerDebtIncurred: sample(SellerDebtIncurred, 'escrow/seller-debt-incurred'),
  disputeOpened: sample(DisputeOpened, 'escrow/dispute-opened'),
  disputeProposed: sample(DisputeProposed, 'escrow/dispute-proposed'),
  disputeEscalated: sample(DisputeEscalated, 'escrow/dispute-escalated'),
  disputeClosed: sample(DisputeClosed, 'escrow/dispute-closed'),
  chargebackOpened: sample(ChargebackOpened, 'escrow/chargeback-opened'),
  chargebackAdjusted: sample(ChargebackAdjusted, 'escrow/chargeback-adjusted'),
  chargebackWon: sample(ChargebackWon, 'escrow/chargeback-won'),
  chargebackLost: sample(ChargebackLost, 'escrow/chargeback-lost'),
  chargebackResponseRequested: sample(
    ChargebackResponseRequested,
    'escrow/chargeback-response-requested',
  ),
  chargebackAnswered: sample(ChargebackAnswered, 'escrow/chargeback-answered'),
  chargebackEvidenceAsked: sample(ChargebackEvidenceAsked, 'escrow/chargeback-evidence-asked'),
  chargebackEvidenceNear: sample(ChargebackEvidenceNear, 'escrow/chargeback-evidence-near'),
  chargebackUnanswered: sample(ChargebackUnanswered, 'escrow/chargeback-unanswered'),
  documentPresented: sample(DocumentPresented, 'escrow/document-presented'),
  dutiesEarmarked: sample(DutiesEarmarked, 'escrow/duties-earmarked'),
  dutiesPaid: sample(DutiesPaid, 'escrow/duties-paid'),
  dutiesReleased: sample(DutiesReleased, 'escrow/duties-released'),
  goodsDispatched: sample(GoodsDispatched, 'escrow/goods-dispatched'),
  holdLimitForced: sample(HoldLimitForced, 'escrow/hold-limit-forced'),
  holdLimitNear: sample(HoldLimitNear, 'escrow/hold-limit-near'),
  shippingMissed: sample(ShippingMissed, 'escrow/shipping-missed'),
  fundsBlocked: sample(FundsBlocked, 'escrow/funds-blocked'),
  blockedFundsAdjusted: sample(BlockedFundsAdjusted, 'escrow/blocked-funds-adjusted'),
  unblockProposed: sample(UnblockProposed, 'escrow/unblock-proposed'),
  fundsUnblocked: sample(FundsUnblocked, 'escrow/funds-unblocked'),
  shipmentDispatched: sample(ShipmentDispatched, 'shipment/shipment-dispatched'),
  shipmentRequested: sample(ShipmentRequested, 'shipment/shipment-requested'),
  carrierShipmentCreated: sample(CarrierShipmentCreated, 'shipment/carrier-shipment-created'),
  labelPurchased: sample(LabelPurchased, 'shipment/label-purchased'),
  labelRefused: sample(LabelRefused, 'shipment/label-refused'),
  trackingUpdated: sample(TrackingUpdated, 'shipment/tracking-updated'),
  shipmentDelivered: sample(ShipmentDelivered, 'shipment/shipment-delivered'),
  shipmentDeliveryWithdrawn: sample(
    ShipmentDeliveryWithdrawn,
    'shipment/shipment-delivery-withdrawn',
  ),
  deliveryReported: sample(DeliveryReported, 'shipment/delivery-reported'),
  deliveryProven: sample(DeliveryProven, 'shipment/delivery-proven'),
  carrierAsked: sample(CarrierAsked, 'shipment/carrier-asked'),
  labelVoidRequested: sample(LabelVoidRequested, 'shipment/label-void-requested'),
  labelVoided: sample(LabelVoided, 'shipment/label-voided'),
  labelVoidRefused: sample(LabelVoidRefused, 'shipment/label-void-refused'),
  shipmentCalledOff: sample(ShipmentCalledOff, 'shipment/shipment-called-off'),
  trackingFlagged: sample(TrackingFlagged, 'shipment/tracking-flagged'),
  trackingSubscribed: sample(TrackingSubscribed, 'shipment/tracking-subscribed'),
  returnRequested: sample(ReturnRequested, 'shipment/return-requested'),
  pickupCanceled: sample(PickupCanceled, 'shipment/pickup-canceled'),
  pickupCancelRefused: sample(PickupCancelRefused, 'shipment/pickup-cancel-refused'),
  pickupCancelRequested: sample(PickupCancelRequested, 'shipment/pickup-cancel-requested'),
  pickupClaimed: sample(PickupClaimed, 'shipment/pickup-claimed'),
  pickupRefused: sample(PickupRefused, 'shipment/pickup-refused'),
  pickupRequested: sample(PickupRequested, 'shipment/pickup-requested'),
  pickupScheduled: sample(PickupScheduled, 'shipment/pickup-scheduled'),
  pickupUncertain: sample(PickupUncertain, 'shipment/pickup-uncertain'),
  purchaseClaimed: sample(PurchaseClaimed, 'shipment/purchase-claimed'),
  parcelsLabeled: sample(ParcelsLabeled, 'shipment/parcels-labeled'),
  shipmentSilent: sample(ShipmentSilent, 'shipment/shipment-silent'),
  payoutRequested: sample(PayoutRequested, 'payout/payout-requested'),
  payoutSubmitted: sample(PayoutSubmitted, 'payout/payout-submitted'),
  payoutSettled: sample(PayoutSettled, 'payout/payout-settled'),
  pspToppedUp: sample(PspToppedUp, 'treasury/psp-topped-up'),
  pspPayoutAnnounced: sample(PspPayoutAnnounced, 'treasury/psp-payout-announced'),
  pspPayoutCalledOff: sample(PspPayoutCalledOff, 'treasury/psp-payout-called-off'),
  pspPayoutReceived: sample(PspPayoutReceived, 'treasury/psp-payout-received'),
  ownFundsMoved: sample(OwnFundsMoved, 'treasury/own-funds-moved'),
  coverTraded: sample(CoverTraded, 'treasury/cover-traded'),
  receiptSuspended: sample(ReceiptSuspended, 'treasury/receipt-suspended'),
  receiptIdentified: sample(ReceiptIdentified, 'treasury/receipt-identified'),
  referenceTaken: sample(ReferenceTaken, 'treasury/reference-taken'),
  receiptReleased: sample(ReceiptReleased, 'treasury/receipt-released'),
  differenceTolerated: sample(DifferenceTolerated, 'treasury/difference-tolerated'),
  breakWrittenOff: sample(BreakWrittenOff, 'reconciliation/break-written-off'),
  refundReturned: sample(RefundReturned, 'treasury/refund-returned'),
  refundPaid: sample(RefundPaid, 'treasury/refund-paid'),
} as const;

/** What an event holds beside its type and version: most commands and states carry just that. */
export const bodyOf = <E extends { readonly type: string; readonly version: 1 }>(
  event: E,
): Omit<E, 'type' | 'version'> => {
  const { type: _, version: __, ...body } = event;
  return body;
};

/** The terms of the story's trade, or of one that differs from it in the given fields. */
export const termsOf = (changes: Partial<Terms> = {}): Terms => ({
  ...bodyOf(story.tradeOpened),
  ...changes,
});

/** The story's payment, or one that differs from it in the given fields. */
export const paymentOf = (changes: Partial<Payment> = {}): Payment => {
  const { tradeId: _, ...payment } = bodyOf(story.escrowFunded);
  return { ...payment, ...changes };
};

export const { tradeId, marketplaceId } = story.tradeOpened;
export const { shipmentId } = story.shipmentRequested;
export const { payoutId } = story.payoutRequested;

/** An instant so many seconds after another. */
export const later = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1_000).toISOString();
