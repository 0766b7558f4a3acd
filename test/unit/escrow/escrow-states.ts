import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import type { ProviderRefund } from '../../../src/escrow/ports.ts';
import { money } from '../../../src/money/money.ts';
import { parseDecimal } from '../../../src/money/rational.ts';
import { bodyOf, later, paymentOf, story, termsOf } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { specification } from '../../support/given.ts';

export const { given } = specification({ evolution: escrowEvolution, decide: decideEscrow });

type EscrowEventOf<T extends EscrowEvent['type']> = Extract<EscrowEvent, { type: T }>;

const { amount } = story.tradeOpened;
const none = { net: money('USD', 0n), fee: money('USD', 0n) };

const opened = [story.tradeOpened];
const requested = [...opened, story.paymentRequested];
const canceling = [...requested, story.cancellationRequested];
const windowOver = { ...story.cancellationRequested, reason: 'payment_window_over' } as const;
/** A part has come by bank transfer, and by a receipt that finance identified. */
export const part = story.partialPaymentReceived;
export const receipt = {
  ...part,
  way: 'receipt',
  reference: 'camt-1',
  added: money('EUR', 300_000n),
  received: money('EUR', 300_000n),
} as const;
const partlyPaid = [...requested, part];
const partlyExpiring = [...partlyPaid, windowOver];
const cashBack = {
  ...story.refundRequested,
  refundId: `rfd_${story.tradeOpened.tradeId.slice(4)}_cash`,
  amount: part.received,
  parts: [] as EscrowEventOf<'RefundRequested'>['parts'],
  reason: 'underpayment',
  from: 'cash_balance',
} as const;
const funded = [...requested, story.escrowFunded];
const converted = [...funded, story.fundsConverted];
const booked = [...converted, story.shipmentBooked];
const delivered = [...booked, story.deliveryConfirmed];
const released = [...delivered, story.milestoneReleased];

/** All that the buyer paid goes back, under the story's refund id. */
export const fullRefund = {
  ...story.refundRequested,
  amount: story.escrowFunded.received,
  parts: [{ milestoneId: 'delivery', held: amount, ...none }],
};
const fullBooking = {
  ...story.refundSettled.booking,
  amount: fullRefund.amount,
  owed: amount,
  midValue: story.fundsConverted.midSell,
  debited: money('USD', 1_168_128n),
};
const refunding = [...delivered, fullRefund];
const refundValued = [
  ...refunding,
  {
    ...story.refundValued,
    amount: fullRefund.amount,
    held: amount,
    midValue: fullBooking.midValue,
    spread: story.fundsConverted.spread,
  },
];
const refundSubmitted = [...refundValued, story.refundSubmitted];
const refunded = [...refundSubmitted, { ...story.refundSettled, booking: fullBooking }];

function bare({ returned: _, ...failed }: typeof story.refundFailed) {
  return failed;
}

/** The whole of the trade is disputed: negotiated, escalated, decided half and half. */
const disputed = [...delivered, story.disputeOpened];
const escalated = [...disputed, story.disputeEscalated];

/** The buyer's bank disputes the charge, before the release and after it. */
const chargedBack = [...delivered, story.chargebackOpened];
const won = [...chargedBack, story.chargebackAdjusted, story.chargebackWon];
const lostParts = [{ ...fullRefund.parts[0], milestoneId: 'delivery', held: amount, ...none }];
const lost = [...chargedBack, { ...story.chargebackLost, parts: lostParts }];

/** A history of the story's trade for every state in which a command can meet it. */
export const histories = {
  not_opened: [],
  opened,
  payment_requested: requested,
  canceling,
  expiring: [...requested, windowOver],
  canceled: [...canceling, story.tradeCanceled],
  expired: [...requested, windowOver, story.tradeExpired],
  partly_paid: partlyPaid,
  partly_expiring: partlyExpiring,
  partly_expired: [...partlyExpiring, story.tradeExpired, cashBack],
  funded,
  converted,
  in_fulfilment: booked,
  delivered,
  delivery_withdrawn: [...delivered, story.deliveryWithdrawn],
  released,
  settled: [...released, story.milestonePaid, story.tradeSettled],
  refunding,
  refund_valued: refundValued,
  refund_submitted: refundSubmitted,
  refund_failed: [...refundSubmitted, bare(story.refundFailed)],
  refunded,
  disputed,
  escalated,
  dispute_withdrawn: [
    ...disputed,
    { ...story.disputeClosed, outcome: 'withdrawn', toBuyer: money('USD', 0n) },
  ],
  charged_back: chargedBack,
  released_charged_back: [...released, story.chargebackOpened],
  chargeback_won: won,
  chargeback_lost: lost,
} as const satisfies Record<string, readonly EscrowEvent[]>;

export type StateName = keyof typeof histories;
export const stateNames = Object.keys(histories) as StateName[];

const { quote } = story.tradeOpened;
const { shipmentId, deliveredAt, confirmedAt, evidenceSha256 } = story.deliveryConfirmed;
const { milestoneId, payoutId } = story.milestonePaid;

export const inspectionEndsAt = story.deliveryConfirmed.inspectionEndsAt;
export const { payBy } = story.tradeOpened;

/** The full refund as the provider reports it, or one that differs in the given fields. */
export function reportedRefund(changes: Partial<ProviderRefund> = {}): ProviderRefund {
  const { refundId, attempt, providerRefundId } = story.refundSubmitted;
  return {
    ...{ providerRefundId, refundId, attempt, tradeId: story.tradeOpened.tradeId },
    amount: fullRefund.amount,
    status: 'pending',
    debited: fullBooking.debited,
    fee: money('USD', 0n),
    failureReason: null,
    ...changes,
  };
}

const { proposedAt, ...proposal } = bodyOf(story.disputeProposed);
const sameRate = { rate: parseDecimal('1'), rateDate: null };

/** One command of each kind and deadline that the story has; the others are in `terms-matrix.unit.test.ts`. */
export const commands = {
  OpenTrade: { type: 'OpenTrade', terms: termsOf() },
  OpenAnotherUnderTheKey: {
    type: 'OpenTrade',
    terms: termsOf({ requestHash: 'f'.repeat(64) }),
  },
  RecordPaymentRequest: {
    type: 'RecordPaymentRequest',
    paymentIntentId: story.paymentRequested.paymentIntentId,
  },
  RecordPayment: { type: 'RecordPayment', payment: paymentOf() },
  RecordSecondCharge: { type: 'RecordPayment', payment: paymentOf({ chargeId: 'ch_second' }) },
  RecordTransfers: { type: 'RecordTransfers', received: part.received, at: part.receivedAt },
  ApplyReceipt: {
    type: 'ApplyReceipt',
    receiptId: receipt.reference,
    amount: receipt.added,
    at: receipt.receivedAt,
  },
  ConvertFunds: {
    type: 'ConvertFunds',
    conversion: { quote, midSell: quote.midSell, spread: quote.spread },
    at: story.fundsConverted.convertedAt,
  },
  BookShipment: { type: 'BookShipment', booking: bodyOf(story.shipmentBooked) },
  ConfirmDelivery: {
    type: 'ConfirmDelivery',
    shipmentId,
    deliveredAt,
    evidenceSha256,
    at: confirmedAt,
  },
  WithdrawDelivery: { type: 'WithdrawDelivery', shipmentId, shipmentStatus: 'returning' },
  AcceptGoods: { type: 'AcceptGoods', evidenceSha256, at: later(confirmedAt, 60) },
  PassPaymentDeadline: {
    type: 'PassDeadline',
    subjectId: story.tradeOpened.tradeId,
    deadline: 'payment_due',
    dueAt: payBy,
    at: payBy,
  },
  PassInspectionEnd: {
    type: 'PassDeadline',
    subjectId: story.tradeOpened.tradeId,
    deadline: 'inspection_end',
    dueAt: inspectionEndsAt,
    at: inspectionEndsAt,
  },
  PassPayoutConfirmation: {
    type: 'PassDeadline',
    subjectId: story.tradeOpened.tradeId,
    deadline: 'payout_confirmation',
    dueAt: inspectionEndsAt,
    at: inspectionEndsAt,
  },
  PassDeadlineBeforeItsTime: {
    type: 'PassDeadline',
    subjectId: story.tradeOpened.tradeId,
    deadline: 'inspection_end',
    dueAt: inspectionEndsAt,
    at: later(inspectionEndsAt, -1),
  },
  RequestCancellation: { type: 'RequestCancellation' },
  RecordPaymentClosed: { type: 'RecordPaymentClosed', at: story.tradeCanceled.canceledAt },
  RefuseCancellation: { type: 'RefuseCancellation', paymentStatus: 'processing' },
  RecordMilestonePaid: {
    type: 'RecordMilestonePaid',
    milestoneId,
    payoutId,
    at: story.tradeSettled.settledAt,
  },
  RecordMilestoneReturned: {
    ...{ type: 'RecordMilestoneReturned', milestoneId, payoutId, attempt: 1, code: 'AC04' },
  },
  RequestRefund: {
    type: 'RequestRefund',
    refundId: story.refundRequested.refundId,
    amount: fullRefund.amount,
    reason: 'marketplace',
    at: fullRefund.requestedAt,
  },
  ValueRefund: {
    type: 'ValueRefund',
    refundId: story.refundRequested.refundId,
    mid: { rate: parseDecimal('0.8776'), rateDate: '2026-06-30' },
    at: story.refundValued.valuedAt,
  },
  RecordRefund: {
    type: 'RecordRefund',
    refund: reportedRefund({ status: 'succeeded' }),
    at: story.refundSettled.settledAt,
  },
  RecordFailedRefund: {
    type: 'RecordRefund',
    refund: reportedRefund({ status: 'failed', debited: null, fee: null }),
    at: story.refundFailed.failedAt,
  },
  RetryRefund: {
    type: 'RetryRefund',
    refundId: story.refundRequested.refundId,
    at: story.refundRetried.requestedAt,
  },
  TurnRefundToBank: {
    type: 'TurnRefundToBank',
    refundId: story.refundRequested.refundId,
    afterChargebacks: 1,
    at: story.refundTurnedToBank.turnedAt,
  },
  OpenDispute: {
    type: 'OpenDispute',
    disputeId: story.disputeOpened.disputeId,
    milestoneIds: null,
    reason: 'not_as_described',
    evidenceSha256: story.disputeOpened.evidenceSha256 ?? null,
    at: story.disputeOpened.openedAt,
  },
  ProposeAward: { type: 'ProposeAward', ...proposal, at: proposedAt },
  AgreeAward: {
    type: 'AgreeAward',
    disputeId: proposal.disputeId,
    proposalId: proposal.proposalId,
    by: 'buyer',
    at: later(proposedAt, 60),
  },
  EscalateDispute: {
    type: 'EscalateDispute',
    disputeId: proposal.disputeId,
    by: 'buyer',
    at: story.disputeOpened.escalatableAt,
  },
  DecideDispute: {
    type: 'DecideDispute',
    disputeId: proposal.disputeId,
    toBuyer: story.disputeClosed.toBuyer,
    evidenceSha256: story.disputeClosed.evidenceSha256,
    at: story.disputeClosed.closedAt,
  },
  WithdrawDispute: {
    type: 'WithdrawDispute',
    disputeId: proposal.disputeId,
    at: story.disputeClosed.closedAt,
  },
  PassEscalation: {
    ...{ type: 'PassDeadline', deadline: 'dispute_escalation', subjectId: proposal.disputeId },
    dueAt: story.disputeOpened.escalatesAt,
    at: story.disputeOpened.escalatesAt,
  },
  PassDecision: {
    ...{ type: 'PassDeadline', deadline: 'dispute_decision', subjectId: proposal.disputeId },
    dueAt: story.disputeEscalated.decideBy,
    at: story.disputeEscalated.decideBy,
  },
  RecordChargeback: {
    ...{ type: 'RecordChargeback', mid: sameRate, at: story.chargebackOpened.openedAt },
    chargeback: reportedChargeback(),
  },
  RecordChargebackWon: {
    ...{ type: 'RecordChargeback', mid: sameRate, at: story.chargebackWon.closedAt },
    chargeback: reportedChargeback({
      status: 'won',
      reinstated: story.chargebackAdjusted.reinstated,
    }),
  },
  RecordChargebackLost: {
    ...{ type: 'RecordChargeback', mid: sameRate, at: story.chargebackLost.closedAt },
    chargeback: reportedChargeback({ status: 'lost' }),
  },
  RequestResponse: {
    ...{ type: 'RequestResponse', chargebackId: story.chargebackOpened.chargebackId },
    ...{ responseId: story.chargebackResponseRequested.responseId, response: 'contest' },
    at: story.chargebackResponseRequested.requestedAt,
  },
  PassEvidenceNear: {
    ...{ type: 'PassDeadline', deadline: 'evidence_near' },
    subjectId: story.chargebackOpened.chargebackId,
    dueAt: story.chargebackEvidenceNear.noticedAt,
    at: story.chargebackEvidenceNear.noticedAt,
  },
  PassEvidenceDue: {
    ...{ type: 'PassDeadline', deadline: 'evidence_due' },
    subjectId: story.chargebackOpened.chargebackId,
    dueAt: story.chargebackUnanswered.missedAt,
    at: story.chargebackUnanswered.missedAt,
  },
} as const satisfies Record<string, EscrowCommand>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];
