import * as z from 'zod/mini';
import { PayoutBatchClosed } from './batch/payout-batch-closed.v1.ts';
import { PayoutInstructionAdded } from './batch/payout-instruction-added.v1.ts';
import { BlockedFundsAdjusted } from './escrow/blocked-funds-adjusted.v1.ts';
import { CancellationRefused } from './escrow/cancellation-refused.v1.ts';
import { CancellationRequested } from './escrow/cancellation-requested.v1.ts';
import { ChargebackAdjusted } from './escrow/chargeback-adjusted.v1.ts';
import { ChargebackAnswered } from './escrow/chargeback-answered.v1.ts';
import { ChargebackEvidenceAsked } from './escrow/chargeback-evidence-asked.v1.ts';
import { ChargebackEvidenceNear } from './escrow/chargeback-evidence-near.v1.ts';
import { ChargebackLost } from './escrow/chargeback-lost.v1.ts';
import { ChargebackOpened } from './escrow/chargeback-opened.v1.ts';
import { ChargebackResponseRequested } from './escrow/chargeback-response-requested.v1.ts';
import { ChargebackUnanswered } from './escrow/chargeback-unanswered.v1.ts';
import { ChargebackWon } from './escrow/chargeback-won.v1.ts';
import { DeliveryConfirmed } from './escrow/delivery-confirmed.v1.ts';
import { DeliveryWithdrawn } from './escrow/delivery-withdrawn.v1.ts';
import { DisputeClosed } from './escrow/dispute-closed.v1.ts';
import { DisputeEscalated } from './escrow/dispute-escalated.v1.ts';
import { DisputeOpened } from './escrow/dispute-opened.v1.ts';
import { DisputeProposed } from './escrow/dispute-proposed.v1.ts';
import { DocumentPresented } from './escrow/document-presented.v1.ts';
import { DutiesEarmarked } from './escrow/duties-earmarked.v1.ts';
import { DutiesPaid } from './escrow/duties-paid.v1.ts';
import { DutiesReleased } from './escrow/duties-released.v1.ts';
import { EscrowFunded } from './escrow/escrow-funded.v1.ts';
import { FundsBlocked } from './escrow/funds-blocked.v1.ts';
import { FundsConverted } from './escrow/funds-converted.v1.ts';
import { FundsUnblocked } from './escrow/funds-unblocked.v1.ts';
import { GoodsDispatched } from './escrow/goods-dispatched.v1.ts';
import { HoldLimitForced } from './escrow/hold-limit-forced.v1.ts';
import { HoldLimitNear } from './escrow/hold-limit-near.v1.ts';
import { MilestonePaid } from './escrow/milestone-paid.v1.ts';
import { MilestonePaymentReturned } from './escrow/milestone-payment-returned.v1.ts';
import { MilestoneReleased } from './escrow/milestone-released.v1.ts';
import { PartialPaymentReceived } from './escrow/partial-payment-received.v1.ts';
import { PaymentNoLongerNeeded } from './escrow/payment-no-longer-needed.v1.ts';
import { PaymentRequested } from './escrow/payment-requested.v1.ts';
import { RefundCanceled } from './escrow/refund-canceled.v1.ts';
import { RefundCredited } from './escrow/refund-credited.v1.ts';
import { RefundFailed } from './escrow/refund-failed.v1.ts';
import { RefundRequested } from './escrow/refund-requested.v1.ts';
import { RefundRetried } from './escrow/refund-retried.v1.ts';
import { RefundSettled } from './escrow/refund-settled.v1.ts';
import { RefundSubmitted } from './escrow/refund-submitted.v1.ts';
import { RefundTurnedToBank } from './escrow/refund-turned-to-bank.v1.ts';
import { RefundValued } from './escrow/refund-valued.v1.ts';
import { RestRequested } from './escrow/rest-requested.v1.ts';
import { SellerDebtIncurred } from './escrow/seller-debt-incurred.v1.ts';
import { ShipmentBooked } from './escrow/shipment-booked.v1.ts';
import { ShippingMissed } from './escrow/shipping-missed.v1.ts';
import { TradeCanceled } from './escrow/trade-canceled.v1.ts';
import { TradeExpired } from './escrow/trade-expired.v1.ts';
import { TradeOpened } from './escrow/trade-opened.v1.ts';
import { TradeSettled } from './escrow/trade-settled.v1.ts';
import { UnblockProposed } from './escrow/unblock-proposed.v1.ts';
import { TrackingLinkRenewed } from './link/tracking-link-renewed.v1.ts';
import { TrackingLinkRevoked } from './link/tracking-link-revoked.v1.ts';
import { CarriedPayoutsSettled } from './payout/carried-payouts-settled.v1.ts';
import { PayoutBlocked } from './payout/payout-blocked.v1.ts';
import { PayoutFailed } from './payout/payout-failed.v1.ts';
import { PayoutLeftOver } from './payout/payout-left-over.v1.ts';
import { PayoutPaidThrough } from './payout/payout-paid-through.v1.ts';
import { PayoutRefusalProposed } from './payout/payout-refusal-proposed.v1.ts';
import { PayoutReissued } from './payout/payout-reissued.v1.ts';
import { PayoutRequested } from './payout/payout-requested.v1.ts';
import { PayoutRetryDeferred } from './payout/payout-retry-deferred.v1.ts';
import { PayoutReturned } from './payout/payout-returned.v1.ts';
import { PayoutReversed } from './payout/payout-reversed.v1.ts';
import { PayoutRolledForward } from './payout/payout-rolled-forward.v1.ts';
import { PayoutSentBeforeBlock } from './payout/payout-sent-before-block.v1.ts';
import { PayoutSetOff } from './payout/payout-set-off.v1.ts';
import { PayoutSettled } from './payout/payout-settled.v1.ts';
import { PayoutSubmitted } from './payout/payout-submitted.v1.ts';
import { PayoutUnblocked } from './payout/payout-unblocked.v1.ts';
import { PeriodLocked } from './period/period-locked.v1.ts';
import { PeriodReopened } from './period/period-reopened.v1.ts';
import { PeriodReopeningProposed } from './period/period-reopening-proposed.v1.ts';
import { PeriodSoftClosed } from './period/period-soft-closed.v1.ts';
import { BreakEvent } from './reconciliation/index.ts';
import { PayoutAccountImpaired } from './seller/payout-account-impaired.v1.ts';
import { PayoutAccountRegistered } from './seller/payout-account-registered.v1.ts';
import { PayoutAccountRestored } from './seller/payout-account-restored.v1.ts';
import { SellerAllocationReleased } from './seller/seller-allocation-released.v1.ts';
import { SellerCreditCarried } from './seller/seller-credit-carried.v1.ts';
import { SellerDebtRecorded } from './seller/seller-debt-recorded.v1.ts';
import { SellerDebtWrittenOff } from './seller/seller-debt-written-off.v1.ts';
import { SellerPayoutAllocated } from './seller/seller-payout-allocated.v1.ts';
import { SellerPayoutResumed } from './seller/seller-payout-resumed.v1.ts';
import { SellerPayoutWaiting } from './seller/seller-payout-waiting.v1.ts';
import { SellerTradeBlocked } from './seller/seller-trade-blocked.v1.ts';
import { SellerTradeUnblocked } from './seller/seller-trade-unblocked.v1.ts';
import { SellerWriteOffProposed } from './seller/seller-write-off-proposed.v1.ts';
import { TransferReversalRefused } from './seller/transfer-reversal-refused.v1.ts';
import { TransferReversalRequested } from './seller/transfer-reversal-requested.v1.ts';
import { TransferReversed } from './seller/transfer-reversed.v1.ts';
import { CarrierAsked } from './shipment/carrier-asked.v1.ts';
import { CarrierShipmentCreated } from './shipment/carrier-shipment-created.v1.ts';
import { DeliveryProven } from './shipment/delivery-proven.v1.ts';
import { DeliveryReported } from './shipment/delivery-reported.v1.ts';
import { LabelPurchased } from './shipment/label-purchased.v1.ts';
import { LabelRefused } from './shipment/label-refused.v1.ts';
import { LabelVoidRefused } from './shipment/label-void-refused.v1.ts';
import { LabelVoidRequested } from './shipment/label-void-requested.v1.ts';
import { LabelVoided } from './shipment/label-voided.v1.ts';
import { ParcelsLabeled } from './shipment/parcels-labeled.v1.ts';
import { PickupCancelRefused } from './shipment/pickup-cancel-refused.v1.ts';
import { PickupCancelRequested } from './shipment/pickup-cancel-requested.v1.ts';
import { PickupCanceled } from './shipment/pickup-canceled.v1.ts';
import { PickupClaimed } from './shipment/pickup-claimed.v1.ts';
import { PickupRefused } from './shipment/pickup-refused.v1.ts';
import { PickupRequested } from './shipment/pickup-requested.v1.ts';
import { PickupScheduled } from './shipment/pickup-scheduled.v1.ts';
import { PickupUncertain } from './shipment/pickup-uncertain.v1.ts';
import { PurchaseClaimed } from './shipment/purchase-claimed.v1.ts';
import { ReturnRequested } from './shipment/return-requested.v1.ts';
import { ShipmentCalledOff } from './shipment/shipment-called-off.v1.ts';
import { ShipmentDelivered } from './shipment/shipment-delivered.v1.ts';
import { ShipmentDeliveryWithdrawn } from './shipment/shipment-delivery-withdrawn.v1.ts';
import { ShipmentDispatched } from './shipment/shipment-dispatched.v1.ts';
import { ShipmentRequested } from './shipment/shipment-requested.v1.ts';
import { ShipmentSilent } from './shipment/shipment-silent.v1.ts';
import { TrackingFlagged } from './shipment/tracking-flagged.v1.ts';
import { TrackingSubscribed } from './shipment/tracking-subscribed.v1.ts';
import { TrackingUpdated } from './shipment/tracking-updated.v1.ts';
import { CoverTraded } from './treasury/cover-traded.v1.ts';
import { DifferenceTolerated } from './treasury/difference-tolerated.v1.ts';
import { OwnFundsMoved } from './treasury/own-funds-moved.v1.ts';
import { PspPayoutAnnounced } from './treasury/psp-payout-announced.v1.ts';
import { PspPayoutCalledOff } from './treasury/psp-payout-called-off.v1.ts';
import { PspPayoutReceived } from './treasury/psp-payout-received.v1.ts';
import { PspToppedUp } from './treasury/psp-topped-up.v1.ts';
import { ReceiptIdentified } from './treasury/receipt-identified.v1.ts';
import { ReceiptReleased } from './treasury/receipt-released.v1.ts';
import { ReceiptSuspended } from './treasury/receipt-suspended.v1.ts';
import { ReferenceTaken } from './treasury/reference-taken.v1.ts';
import { RefundPaid } from './treasury/refund-paid.v1.ts';
import { RefundReturned } from './treasury/refund-returned.v1.ts';

export const EscrowEvent = z.discriminatedUnion('type', [
  TradeOpened,
  PaymentRequested,
  PartialPaymentReceived,
  PaymentNoLongerNeeded,
  RestRequested,
  EscrowFunded,
  FundsConverted,
  ShipmentBooked,
  DeliveryConfirmed,
  DeliveryWithdrawn,
  MilestoneReleased,
  MilestonePaid,
  MilestonePaymentReturned,
  TradeSettled,
  CancellationRequested,
  CancellationRefused,
  TradeCanceled,
  TradeExpired,
  RefundRequested,
  RefundValued,
  RefundSubmitted,
  RefundSettled,
  RefundCredited,
  RefundFailed,
  RefundRetried,
  RefundTurnedToBank,
  RefundCanceled,
  SellerDebtIncurred,
  DisputeOpened,
  DisputeProposed,
  DisputeEscalated,
  DisputeClosed,
  ChargebackOpened,
  ChargebackAdjusted,
  ChargebackWon,
  ChargebackLost,
  ChargebackResponseRequested,
  ChargebackAnswered,
  ChargebackEvidenceAsked,
  ChargebackEvidenceNear,
  ChargebackUnanswered,
  DocumentPresented,
  DutiesEarmarked,
  DutiesPaid,
  DutiesReleased,
  GoodsDispatched,
  HoldLimitForced,
  HoldLimitNear,
  ShippingMissed,
  FundsBlocked,
  BlockedFundsAdjusted,
  UnblockProposed,
  FundsUnblocked,
]);
export type EscrowEvent = z.infer<typeof EscrowEvent>;

export const ShipmentEvent = z.discriminatedUnion('type', [
  ShipmentRequested,
  CarrierShipmentCreated,
  LabelPurchased,
  LabelRefused,
  TrackingUpdated,
  ShipmentDelivered,
  ShipmentDeliveryWithdrawn,
  ShipmentDispatched,
  DeliveryReported,
  DeliveryProven,
  CarrierAsked,
  ShipmentSilent,
  PurchaseClaimed,
  ParcelsLabeled,
  LabelVoidRequested,
  LabelVoided,
  LabelVoidRefused,
  TrackingSubscribed,
  ReturnRequested,
  PickupRequested,
  PickupClaimed,
  PickupScheduled,
  PickupRefused,
  PickupUncertain,
  PickupCancelRequested,
  PickupCanceled,
  PickupCancelRefused,
  TrackingFlagged,
  ShipmentCalledOff,
]);
export type ShipmentEvent = z.infer<typeof ShipmentEvent>;

export const PayoutEvent = z.discriminatedUnion('type', [
  PayoutRequested,
  PayoutSubmitted,
  PayoutSettled,
  PayoutFailed,
  PayoutRefusalProposed,
  PayoutReturned,
  PayoutReissued,
  PayoutRolledForward,
  PayoutSetOff,
  PayoutLeftOver,
  PayoutPaidThrough,
  CarriedPayoutsSettled,
  PayoutReversed,
  PayoutRetryDeferred,
  PayoutBlocked,
  PayoutUnblocked,
  PayoutSentBeforeBlock,
]);
export type PayoutEvent = z.infer<typeof PayoutEvent>;

/** What happens between the platform and one seller, whichever trade it is about. */
export const SellerEvent = z.discriminatedUnion('type', [
  SellerDebtRecorded,
  SellerDebtWrittenOff,
  SellerWriteOffProposed,
  SellerPayoutAllocated,
  SellerAllocationReleased,
  SellerCreditCarried,
  SellerPayoutWaiting,
  SellerPayoutResumed,
  TransferReversalRequested,
  TransferReversed,
  TransferReversalRefused,
  PayoutAccountRegistered,
  PayoutAccountImpaired,
  PayoutAccountRestored,
  SellerTradeBlocked,
  SellerTradeUnblocked,
]);
export type SellerEvent = z.infer<typeof SellerEvent>;

/** A batch of payments for the bank. */
export const BatchEvent = z.discriminatedUnion('type', [PayoutInstructionAdded, PayoutBatchClosed]);
export type BatchEvent = z.infer<typeof BatchEvent>;
export const TreasuryEvent = z.discriminatedUnion('type', [
  PspPayoutAnnounced,
  PspPayoutCalledOff,
  PspPayoutReceived,
  OwnFundsMoved,
  CoverTraded,
  ReceiptSuspended,
  ReceiptIdentified,
  ReceiptReleased,
  ReferenceTaken,
  DifferenceTolerated,
  RefundPaid,
  RefundReturned,
  PspToppedUp,
]);
export type TreasuryEvent = z.infer<typeof TreasuryEvent>;

/** What is done about one month of the books. */
export const PeriodEvent = z.discriminatedUnion('type', [
  PeriodSoftClosed,
  PeriodLocked,
  PeriodReopeningProposed,
  PeriodReopened,
]);
export type PeriodEvent = z.infer<typeof PeriodEvent>;

/** Which links open a trade's tracking page. */
export const LinkEvent = z.discriminatedUnion('type', [TrackingLinkRenewed, TrackingLinkRevoked]);
export type LinkEvent = z.infer<typeof LinkEvent>;

export { BreakEvent };

/** Every event that a stream may hold. */
export const TradelaneEvent = z.discriminatedUnion('type', [
  EscrowEvent,
  ShipmentEvent,
  PayoutEvent,
  SellerEvent,
  BatchEvent,
  TreasuryEvent,
  BreakEvent,
  PeriodEvent,
  LinkEvent,
]);
export type TradelaneEvent = z.infer<typeof TradelaneEvent>;
