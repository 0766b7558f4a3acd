import type { CommandName, StateName } from './escrow-states.ts';
import {
  claimed,
  claimedWhileHeld,
  closed,
  disputed,
  every,
  frozen,
  goesOn,
  kept,
  over,
  paid,
  partly,
  returned,
  returning,
  shipped,
  unfunded,
  unpaid,
  unshipped,
} from './state-groups.ts';

const NOTHING = 'nothing';
const NOT_FOUND = 'rejected trade.not_found';
const NOT_OPENED = 'too early escrow.not_opened';
const NOT_FUNDED = 'too early escrow.not_funded';
const NOT_CONVERTED = 'too early escrow.not_converted';
const NOT_IN_FULFILMENT = 'too early escrow.not_in_fulfilment';
const DELIVERY_STANDS = 'too early escrow.delivery_stands';
const NO_DELIVERY = 'too early escrow.no_delivery';
const KEY_REUSED = 'rejected idempotency.key_reused';
const AFTER_CLOSE = 'rejected escrow.payment_after_close';
const PAID_TWICE = 'rejected escrow.paid_twice';
const UNRELEASED = 'rejected escrow.paid_unreleased';
const NOT_PAID = 'too early escrow.not_paid';
const NOT_DUE = 'too early escrow.not_due';

const UNKNOWN_REFUND = 'rejected refund.unknown';
const NO_REFUND = 'rejected refund.not_found';
const NOT_YET_CONVERTED = 'too early escrow.not_converted';
const cannotRefund = (status: string): string => `rejected trade.cannot_refund_${status}`;
const cannotRetry = (status: string): string => `rejected refund.cannot_retry_${status}`;

const NO_DISPUTE = 'rejected dispute.not_found';
const cannotDispute = (status: string): string => `rejected trade.cannot_dispute_${status}`;
const isClosed = (verb: string): string => `rejected dispute.cannot_${verb}_closed`;

const cannotAccept = (status: string): string => `rejected trade.cannot_accept_${status}`;
const cannotCancel = (status: string): string => `rejected trade.cannot_cancel_${status}`;

/** What every command leads to in every state: the types of the events, or why there are none. */
export const matrix: Readonly<Record<CommandName, Readonly<Record<StateName, string>>>> = {
  OpenTrade: { ...every(NOTHING), not_opened: 'TradeOpened' },
  OpenAnotherUnderTheKey: { ...every(KEY_REUSED), not_opened: 'TradeOpened' },
  RecordPaymentRequest: { ...every(NOTHING), opened: 'PaymentRequested' },
  RecordPayment: {
    not_opened: NOT_OPENED,
    ...unpaid('EscrowFunded'),
    ...closed(AFTER_CLOSE),
    ...paid(NOTHING),
  },
  RecordSecondCharge: {
    not_opened: NOT_OPENED,
    ...unpaid('EscrowFunded'),
    ...closed(AFTER_CLOSE),
    ...paid(PAID_TWICE),
  },
  RecordTransfers: {
    ...every(NOTHING),
    not_opened: NOT_OPENED,
    ...unpaid('PartialPaymentReceived'),
    partly_paid: NOTHING,
    partly_expiring: NOTHING,
  },
  ApplyReceipt: {
    ...every('PartialPaymentReceived RefundRequested'),
    not_opened: NOT_FOUND,
    ...unpaid('PartialPaymentReceived'),
  },
  ConvertFunds: { ...every(NOT_FUNDED), ...paid(NOTHING), funded: 'FundsConverted' },
  BookShipment: {
    ...every(NOT_CONVERTED),
    converted: 'ShipmentBooked',
    ...shipped(NOTHING),
    ...over(NOTHING),
    ...returned(NOTHING),
    ...claimed(NOTHING),
  },
  ConfirmDelivery: {
    ...every(NOT_IN_FULFILMENT),
    ...over(NOTHING),
    ...returned(NOTHING),
    ...claimed(NOTHING),
    ...claimedWhileHeld(DELIVERY_STANDS),
    in_fulfilment: 'DeliveryConfirmed',
    delivered: DELIVERY_STANDS,
    delivery_withdrawn: 'DeliveryConfirmed',
  },
  WithdrawDelivery: {
    ...every(NOT_IN_FULFILMENT),
    ...over(NOTHING),
    ...returned(NOTHING),
    ...claimed(NOTHING),
    ...claimedWhileHeld('DeliveryWithdrawn'),
    in_fulfilment: NO_DELIVERY,
    delivered: 'DeliveryWithdrawn',
    delivery_withdrawn: NO_DELIVERY,
  },
  AcceptGoods: {
    not_opened: NOT_FOUND,
    opened: cannotAccept('awaiting_payment'),
    payment_requested: cannotAccept('awaiting_payment'),
    canceling: cannotAccept('canceling'),
    expiring: cannotAccept('canceling'),
    canceled: cannotAccept('canceled'),
    expired: cannotAccept('expired'),
    ...partly(cannotAccept),
    ...unshipped(cannotAccept('funded')),
    ...shipped('MilestoneReleased'),
    ...over(NOTHING),
    ...returning(cannotAccept('refunding')),
    refunded: cannotAccept('refunded'),
    ...disputed(cannotAccept('disputed')),
    ...goesOn('MilestoneReleased'),
    charged_back: cannotAccept('charged_back'),
    released_charged_back: NOTHING,
    chargeback_lost: cannotAccept('charged_back'),
  },
  PassPaymentDeadline: {
    ...every(NOTHING),
    opened: 'CancellationRequested',
    payment_requested: 'CancellationRequested',
    partly_paid: 'CancellationRequested',
  },
  PassInspectionEnd: {
    ...every(NOTHING),
    delivered: 'MilestoneReleased',
    ...goesOn('MilestoneReleased'),
  },
  PassPayoutConfirmation: every(NOTHING),
  PassDeadlineBeforeItsTime: every(NOT_DUE),
  RequestCancellation: {
    not_opened: NOT_FOUND,
    opened: 'CancellationRequested',
    payment_requested: 'CancellationRequested',
    canceling: NOTHING,
    expiring: NOTHING,
    canceled: NOTHING,
    expired: cannotCancel('expired'),
    partly_paid: 'CancellationRequested',
    partly_expiring: NOTHING,
    partly_expired: cannotCancel('expired'),
    ...unshipped(cannotCancel('funded')),
    in_fulfilment: cannotCancel('in_fulfilment'),
    delivered: cannotCancel('delivered'),
    delivery_withdrawn: cannotCancel('in_fulfilment'),
    released: cannotCancel('released'),
    settled: cannotCancel('settled'),
    ...returning(cannotCancel('refunding')),
    refunded: cannotCancel('refunded'),
    ...disputed(cannotCancel('disputed')),
    ...goesOn(cannotCancel('delivered')),
    ...frozen(cannotCancel('charged_back')),
    chargeback_lost: cannotCancel('charged_back'),
  },
  RecordPaymentClosed: {
    ...every(NOTHING),
    not_opened: NOT_OPENED,
    opened: 'TradeCanceled',
    payment_requested: 'TradeCanceled',
    canceling: 'TradeCanceled',
    expiring: 'TradeExpired',
    partly_paid: 'too early escrow.part_not_returned',
    partly_expiring: 'too early escrow.part_not_returned',
  },
  RefuseCancellation: {
    ...every(NOTHING),
    canceling: 'CancellationRefused',
    expiring: 'CancellationRefused',
    partly_expiring: 'CancellationRefused',
  },
  RecordMilestonePaid: {
    ...every(UNRELEASED),
    released: 'MilestonePaid TradeSettled',
    settled: NOTHING,
    released_charged_back: 'MilestonePaid',
  },
  RecordMilestoneReturned: {
    ...every(UNRELEASED),
    released: NOT_PAID,
    settled: 'MilestonePaymentReturned',
    released_charged_back: NOT_PAID,
  },
  RequestRefund: {
    not_opened: NOT_FOUND,
    opened: cannotRefund('awaiting_payment'),
    payment_requested: cannotRefund('awaiting_payment'),
    canceling: cannotRefund('canceling'),
    expiring: cannotRefund('canceling'),
    canceled: cannotRefund('canceled'),
    expired: cannotRefund('expired'),
    ...partly(cannotRefund),
    ...kept('RefundRequested'),
    funded: NOT_YET_CONVERTED,
    ...returned(NOTHING),
    ...disputed(cannotRefund('disputed')),
    ...goesOn('RefundRequested'),
    ...frozen(cannotRefund('charged_back')),
    chargeback_lost: 'rejected refund.exceeds_left',
  },
  ValueRefund: { ...every(UNKNOWN_REFUND), ...returned(NOTHING), refunding: 'RefundValued' },
  RecordRefund: {
    ...every(UNKNOWN_REFUND),
    refunding: 'too early refund.not_valued',
    refund_valued: 'RefundSubmitted RefundSettled',
    refund_submitted: 'RefundSettled',
    refund_failed: NOTHING,
    refunded: NOTHING,
  },
  RecordFailedRefund: {
    ...every(UNKNOWN_REFUND),
    refunding: 'too early refund.not_valued',
    refund_valued: 'RefundSubmitted RefundFailed',
    refund_submitted: 'RefundFailed',
    refund_failed: NOTHING,
    refunded: 'RefundFailed',
  },
  RetryRefund: {
    ...every(NO_REFUND),
    refunding: cannotRetry('requested'),
    refund_valued: cannotRetry('valued'),
    refund_submitted: cannotRetry('submitted'),
    refund_failed: 'RefundRetried',
    refunded: cannotRetry('settled'),
  },
  TurnRefundToBank: {
    ...every(UNKNOWN_REFUND),
    ...returned('too early refund.charge_disputed'),
  },
  OpenDispute: {
    not_opened: NOT_FOUND,
    opened: cannotDispute('awaiting_payment'),
    payment_requested: cannotDispute('awaiting_payment'),
    canceling: cannotDispute('canceling'),
    expiring: cannotDispute('canceling'),
    canceled: cannotDispute('canceled'),
    expired: cannotDispute('expired'),
    ...partly(cannotDispute),
    funded: NOT_YET_CONVERTED,
    converted: 'DisputeOpened',
    ...shipped('DisputeOpened'),
    released: cannotDispute('released'),
    settled: cannotDispute('settled'),
    ...returning(cannotDispute('refunding')),
    refunded: cannotDispute('refunded'),
    ...claimed(cannotDispute('charged_back')),
    ...disputed(NOTHING),
    dispute_withdrawn: NOTHING,
    chargeback_won: 'DisputeOpened',
  },
  ProposeAward: {
    ...every(NO_DISPUTE),
    ...disputed('DisputeProposed'),
    dispute_withdrawn: isClosed('propose'),
  },
  AgreeAward: {
    ...every(NO_DISPUTE),
    ...disputed('rejected dispute.no_such_proposal'),
    dispute_withdrawn: isClosed('agree'),
  },
  EscalateDispute: {
    ...every(NO_DISPUTE),
    disputed: 'DisputeEscalated',
    escalated: NOTHING,
    dispute_withdrawn: isClosed('escalate'),
  },
  DecideDispute: {
    ...every(NO_DISPUTE),
    disputed: 'rejected dispute.cannot_decide_negotiating',
    escalated: 'DisputeClosed RefundRequested MilestoneReleased',
    dispute_withdrawn: isClosed('decide'),
  },
  WithdrawDispute: {
    ...every(NO_DISPUTE),
    ...disputed('DisputeClosed'),
    dispute_withdrawn: isClosed('withdraw'),
  },
  PassEscalation: { ...every(NOTHING), disputed: 'DisputeEscalated' },
  PassDecision: { ...every(NOTHING), escalated: 'DisputeClosed RefundRequested' },
  RecordChargeback: {
    ...every('ChargebackOpened'),
    ...unfunded(NOT_FUNDED),
    ...frozen(NOTHING),
    chargeback_won: NOTHING,
    chargeback_lost: NOTHING,
  },
  RecordChargebackWon: {
    ...every('ChargebackOpened ChargebackAdjusted ChargebackWon'),
    ...unfunded(NOT_FUNDED),
    ...frozen('ChargebackAdjusted ChargebackWon'),
    chargeback_won: NOTHING,
    chargeback_lost: 'ChargebackAdjusted',
  },
  RecordChargebackLost: {
    ...every('ChargebackOpened ChargebackLost'),
    ...unfunded(NOT_FUNDED),
    funded: NOT_YET_CONVERTED,
    ...over('ChargebackOpened ChargebackLost SellerDebtIncurred'),
    refunding: 'ChargebackOpened RefundCanceled ChargebackLost',
    refund_valued: 'ChargebackOpened RefundCanceled ChargebackLost',
    refund_failed: 'ChargebackOpened RefundCanceled ChargebackLost',
    ...disputed('ChargebackOpened ChargebackLost DisputeClosed'),
    charged_back: 'ChargebackLost',
    released_charged_back: 'ChargebackLost SellerDebtIncurred',
    chargeback_won: 'rejected chargeback.already_won',
    chargeback_lost: NOTHING,
  },
  RequestResponse: {
    ...every('rejected chargeback.not_found'),
    ...frozen('ChargebackResponseRequested'),
    chargeback_won: 'rejected chargeback.cannot_answer_won',
    chargeback_lost: 'rejected chargeback.cannot_answer_lost',
  },
  PassEvidenceNear: { ...every(NOTHING), ...frozen('ChargebackEvidenceNear') },
  PassEvidenceDue: { ...every(NOTHING), ...frozen('ChargebackUnanswered') },
};
