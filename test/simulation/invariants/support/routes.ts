import type { EventType } from './history.ts';

/**
 * Which queues must hear of which event, from the table of docs/architecture.md; every event goes to
 * the projection as well.
 */
const LISTENERS: Partial<Record<EventType, string | readonly string[]>> = {
  EscrowFunded: 'conversion',
  FundsConverted: 'shipment',
  LabelPurchased: 'escrow',
  ShipmentDispatched: 'escrow',
  ShipmentDelivered: 'escrow',
  ShipmentDeliveryWithdrawn: 'escrow',
  MilestoneReleased: 'settlement',
  PayoutFailed: 'settlement',
  PayoutReturned: ['settlement', 'escrow'],
  PayoutReissued: 'settlement',
  SellerPayoutAllocated: 'settlement',
  PayoutRolledForward: 'settlement',
  PayoutLeftOver: 'settlement',
  PayoutReversed: 'settlement',
  CarriedPayoutsSettled: 'settlement',
  PayoutAccountRegistered: 'settlement',
  PayoutSetOff: 'escrow',
  PayoutPaidThrough: 'escrow',
  PayoutSettled: 'escrow',
  PaymentNoLongerNeeded: 'payments',
  RestRequested: 'payments',
  ReceiptIdentified: 'escrow',
  RefundPaid: 'escrow',
  RefundReturned: 'escrow',
  CancellationRequested: 'payments',
  RefundRequested: ['payments', 'shipment'],
  ReturnRequested: 'shipment',
  RefundRetried: 'payments',
  RefundCredited: 'payments',
  ChargebackWon: 'payments',
  ChargebackResponseRequested: 'payments',
  ChargebackLost: 'payments',
  SellerDebtIncurred: 'settlement',
  FundsBlocked: 'settlement',
  FundsUnblocked: ['settlement', 'payments'],
  TransferReversalRequested: 'settlement',
};

/**
 * What the books expect others to say follows from these, and how breaks stand, whatever else hears of
 * them.
 */
const EXPECTING: ReadonlySet<EventType> = new Set<EventType>([
  ...(['BreakRaised', 'BreakAssigned', 'BreakExplained', 'BreakMatched'] as const),
  ...(['WriteOffProposed', 'WriteOffDeclined', 'BreakWrittenOff'] as const),
  ...(['BreakSentBack', 'BreakCleared'] as const),
  ...(['EscrowFunded', 'RefundSettled', 'ChargebackOpened', 'PayoutSettled'] as const),
  ...(['PayoutInstructionAdded', 'PayoutReturned', 'PayoutReversed', 'TransferReversed'] as const),
  ...(['TradeOpened', 'TradeExpired', 'TradeCanceled', 'RefundFailed', 'RefundCredited'] as const),
  ...(['ChargebackAdjusted', 'DutiesPaid', 'PspPayoutReceived', 'OwnFundsMoved'] as const),
  ...([
    'CoverTraded',
    'ReceiptSuspended',
    'ReceiptIdentified',
    'RefundPaid',
    'RefundReturned',
    'PspToppedUp',
    'PspPayoutAnnounced',
    'PspPayoutCalledOff',
    'RefundSubmitted',
    'BreakReopened',
    'PayoutFailed',
  ] as const),
]);

/** The queues that must be sent a record with these events. */
export function listenersOf(events: readonly { readonly type: EventType }[]): ReadonlySet<string> {
  const queues = new Set(['projection']);
  for (const { type } of events) {
    for (const queue of [LISTENERS[type] ?? []].flat()) queues.add(queue);
    if (EXPECTING.has(type)) queues.add('reconciliation');
  }
  return queues;
}
