import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../events/index.ts';
import { type RoutedRecord, Target } from '../../events/messages/routed-record.v1.ts';

/** The whole flow of the system: which queues hear of which event. */
export const ROUTES: Readonly<Record<TradelaneEvent['type'], readonly Target[]>> = {
  TradeOpened: ['projection'],
  PaymentRequested: ['projection'],
  EscrowFunded: ['projection', 'conversion'],
  FundsConverted: ['projection', 'shipment'],
  ShipmentRequested: ['projection'],
  CarrierShipmentCreated: ['projection'],
  LabelPurchased: ['projection', 'escrow'],
  LabelRefused: ['projection'],
  ShipmentBooked: ['projection'],
  TrackingUpdated: ['projection'],
  ShipmentDelivered: ['projection', 'escrow'],
  ShipmentDeliveryWithdrawn: ['projection', 'escrow'],
  DeliveryConfirmed: ['projection'],
  DeliveryWithdrawn: ['projection'],
  MilestoneReleased: ['projection', 'settlement'],
  PayoutRequested: ['projection'],
  PayoutSubmitted: ['projection'],
  PayoutSettled: ['projection', 'escrow'],
  MilestonePaid: ['projection'],
  TradeSettled: ['projection'],
  CancellationRequested: ['projection', 'payments'],
  CancellationRefused: ['projection'],
  TradeCanceled: ['projection'],
  TradeExpired: ['projection'],
  RefundRequested: ['projection', 'payments', 'shipment'],
  RefundValued: ['projection'],
  RefundSubmitted: ['projection'],
  RefundSettled: ['projection'],
  RefundFailed: ['projection'],
  RefundRetried: ['projection', 'payments'],
  RefundCanceled: ['projection'],
  SellerDebtIncurred: ['projection', 'settlement'],
  DisputeOpened: ['projection'],
  DisputeProposed: ['projection'],
  DisputeEscalated: ['projection'],
  DisputeClosed: ['projection'],
  ChargebackOpened: ['projection'],
  ChargebackAdjusted: ['projection'],
  ChargebackWon: ['projection', 'payments'],
  ChargebackLost: ['projection'],
  PayoutFailed: ['projection', 'settlement'],
  PayoutReturned: ['projection', 'settlement'],
  PayoutReissued: ['projection', 'settlement'],
  PayoutRolledForward: ['projection', 'settlement'],
  PayoutSetOff: ['projection', 'escrow'],
  PayoutLeftOver: ['projection', 'settlement'],
  PayoutPaidThrough: ['projection', 'escrow'],
  PayoutReversed: ['projection', 'settlement'],
  PayoutRetryDeferred: ['projection'],
  CarriedPayoutsSettled: ['projection', 'settlement'],
  SellerDebtRecorded: ['projection'],
  SellerDebtWrittenOff: ['projection'],
  SellerPayoutAllocated: ['projection'],
  SellerAllocationReleased: ['projection'],
  SellerCreditCarried: ['projection'],
  SellerPayoutWaiting: ['projection'],
  SellerPayoutResumed: ['projection'],
  PayoutAccountRegistered: ['projection', 'settlement'],
  PayoutAccountImpaired: ['projection'],
  PayoutAccountRestored: ['projection'],
  PayoutInstructionAdded: ['projection'],
  PayoutBatchClosed: ['projection'],
  DocumentPresented: ['projection'],
  DutiesEarmarked: ['projection'],
  DutiesPaid: ['projection'],
  GoodsDispatched: ['projection'],
  HoldLimitForced: ['projection'],
  HoldLimitNear: ['projection'],
  ShippingMissed: ['projection'],
  ShipmentDispatched: ['projection', 'escrow'],
  PspPayoutReceived: ['projection'],
  OwnFundsMoved: ['projection'],
  CoverTraded: ['projection'],
  ReceiptSuspended: ['projection'],
  ReceiptIdentified: ['projection'],
  LabelVoidRequested: ['projection'],
  LabelVoided: ['projection'],
  LabelVoidRefused: ['projection'],
  TrackingSubscribed: ['projection'],
  PurchaseClaimed: ['projection'],
  ParcelsLabeled: ['projection'],
  DeliveryReported: ['projection'],
  DeliveryProven: ['projection'],
  CarrierAsked: ['projection'],
  ShipmentSilent: ['projection'],
};

/**
 * The messages that a stored decision gives rise to: one for each queue that one of its events is
 * routed to. Their ids follow from the record, so routing it again repeats them and adds none.
 */
export function routeRecord(record: TradelaneRecord): readonly RoutedRecord[] {
  const wanted = new Set(record.events.flatMap(({ type }) => ROUTES[type]));
  return Target.options
    .filter((target) => wanted.has(target))
    .map((target) => ({
      kind: 'routed_record',
      version: 1,
      messageId: `${record.streamId}#${record.sequence}#${target}`,
      target,
      record,
    }));
}

/** The messages of many records, gathered by the queue they go to. */
export const routeRecords = (
  records: readonly TradelaneRecord[],
): ReadonlyMap<Target, readonly RoutedRecord[]> =>
  Map.groupBy(records.flatMap(routeRecord), ({ target }) => target);
