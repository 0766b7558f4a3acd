import type { CommandName, StateName } from './escrow-states.ts';

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
const NOT_DUE = 'too early escrow.not_due';

const cannotAccept = (status: string): string => `rejected trade.cannot_accept_${status}`;
const cannotCancel = (status: string): string => `rejected trade.cannot_cancel_${status}`;

/** The states of an unpaid trade and of one whose money is held, each with one answer for all. */
const unpaid = <T>(answer: T) => ({
  opened: answer,
  payment_requested: answer,
  canceling: answer,
  expiring: answer,
});
const closed = <T>(answer: T) => ({ canceled: answer, expired: answer });
const shipped = <T>(answer: T) => ({
  in_fulfilment: answer,
  delivered: answer,
  delivery_withdrawn: answer,
});
const over = <T>(answer: T) => ({ released: answer, settled: answer });
const unshipped = <T>(answer: T) => ({ funded: answer, converted: answer });
const paid = <T>(answer: T) => ({ ...unshipped(answer), ...shipped(answer), ...over(answer) });
const every = <T>(answer: T) => ({
  not_opened: answer,
  ...unpaid(answer),
  ...closed(answer),
  ...paid(answer),
});

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
  ConvertFunds: { ...every(NOT_FUNDED), ...paid(NOTHING), funded: 'FundsConverted' },
  BookShipment: {
    ...every(NOT_CONVERTED),
    converted: 'ShipmentBooked',
    ...shipped(NOTHING),
    ...over(NOTHING),
  },
  ConfirmDelivery: {
    ...every(NOT_IN_FULFILMENT),
    ...over(NOTHING),
    in_fulfilment: 'DeliveryConfirmed',
    delivered: DELIVERY_STANDS,
    delivery_withdrawn: 'DeliveryConfirmed',
  },
  WithdrawDelivery: {
    ...every(NOT_IN_FULFILMENT),
    ...over(NOTHING),
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
    ...unshipped(cannotAccept('funded')),
    ...shipped('MilestoneReleased'),
    ...over(NOTHING),
  },
  PassPaymentDeadline: {
    ...every(NOTHING),
    opened: 'CancellationRequested',
    payment_requested: 'CancellationRequested',
  },
  PassInspectionEnd: { ...every(NOTHING), delivered: 'MilestoneReleased' },
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
    ...unshipped(cannotCancel('funded')),
    in_fulfilment: cannotCancel('in_fulfilment'),
    delivered: cannotCancel('delivered'),
    delivery_withdrawn: cannotCancel('in_fulfilment'),
    released: cannotCancel('released'),
    settled: cannotCancel('settled'),
  },
  RecordPaymentClosed: {
    ...every(NOTHING),
    not_opened: NOT_OPENED,
    opened: 'TradeCanceled',
    payment_requested: 'TradeCanceled',
    canceling: 'TradeCanceled',
    expiring: 'TradeExpired',
  },
  RefuseCancellation: {
    ...every(NOTHING),
    canceling: 'CancellationRefused',
    expiring: 'CancellationRefused',
  },
  RecordMilestonePaid: {
    ...every(UNRELEASED),
    released: 'MilestonePaid TradeSettled',
    settled: NOTHING,
  },
};
