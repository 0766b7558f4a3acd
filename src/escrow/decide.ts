import type { EscrowEvent } from '../../events/index.ts';
import { type Decision, decided, nothing, tooEarly } from '../platform/decision.ts';
import type {
  ChargebackCommand,
  CommandOf,
  DisputeCommand,
  EscrowCommand,
  PaymentCommand,
  RefundCommand,
} from './commands.ts';
import { passEvidenceDeadline, requestResponse } from './decide-answer.ts';
import { decideBlock, refusalByBlock, withBlockedFunds } from './decide-block.ts';
import { recordChargeback } from './decide-chargeback.ts';
import {
  agreeAward,
  decideDispute,
  escalateDispute,
  passDisputeDeadline,
  proposeAward,
  withdrawDispute,
} from './decide-dispute.ts';
import { presentDocument } from './decide-document.ts';
import { earmarkDuties, recordDutiesPaid } from './decide-duties.ts';
import {
  forceAtHoldLimit,
  passShippingDue,
  recordDispatch,
  warnOfHoldLimit,
} from './decide-hold.ts';
import { recordMilestonePaid, recordMilestoneReturned } from './decide-paid.ts';
import { applyReceipt, recordTransfers } from './decide-parts.ts';
import {
  convertFunds,
  openTrade,
  recordPayment,
  recordPaymentClosed,
  recordPaymentRequest,
  refuseCancellation,
  requestCancellation,
} from './decide-payment.ts';
import { requestRefund, retryRefund, turnRefund, valueRefund } from './decide-refund.ts';
import {
  acceptGoods,
  confirmDelivery,
  passReleaseDue,
  withdrawDelivery,
} from './decide-release.ts';
import { recordRefund } from './follow-refund.ts';
import { openDispute } from './open-dispute.ts';
import { type EscrowState, isFunded } from './state.ts';

/** Decides one command against the state of its trade. Pure; every rejection names the state met. */
export const decideEscrow = (command: EscrowCommand, state: EscrowState): Decision<EscrowEvent> =>
  withBlockedFunds(state, refusalByBlock(command, state) ?? decideCommand(command, state));

function decideCommand(command: EscrowCommand, state: EscrowState): Decision<EscrowEvent> {
  switch (command.type) {
    case 'BookShipment':
      return bookShipment(command, state);
    case 'ConfirmDelivery':
      return confirmDelivery(command, state);
    case 'WithdrawDelivery':
      return withdrawDelivery(command, state);
    case 'AcceptGoods':
      return acceptGoods(command, state);
    case 'PassDeadline':
      return passDeadline(command, state);
    case 'RecordMilestonePaid':
      return recordMilestonePaid(command, state);
    case 'RecordMilestoneReturned':
      return recordMilestoneReturned(command, state);
    case 'RequestRefund':
    case 'ValueRefund':
    case 'RecordRefund':
    case 'RetryRefund':
    case 'TurnRefundToBank':
      return takeRefundOn(command, state);
    case 'PresentDocument':
      return presentDocument(command, state);
    case 'EarmarkDuties':
      return earmarkDuties(command, state);
    case 'RecordDutiesPaid':
      return recordDutiesPaid(command, state);
    case 'RecordDispatch':
      return recordDispatch(command, state);
    case 'RecordChargeback':
    case 'RequestResponse':
    case 'OpenDispute':
    case 'ProposeAward':
    case 'AgreeAward':
    case 'EscalateDispute':
    case 'DecideDispute':
    case 'WithdrawDispute':
      return decideClaim(command, state);
    case 'BlockFunds':
    case 'ProposeUnblock':
    case 'ApproveUnblock':
      return decideBlock(command, state);
    default:
      return decidePayment(command, state);
  }
}

/** What a side or the buyer's bank says against the trade. */
function decideClaim(
  command: ChargebackCommand | DisputeCommand,
  state: EscrowState,
): Decision<EscrowEvent> {
  switch (command.type) {
    case 'RecordChargeback':
      return recordChargeback(command, state);
    case 'RequestResponse':
      return requestResponse(command, state);
    case 'OpenDispute':
      return openDispute(command, state);
    case 'ProposeAward':
      return proposeAward(command, state);
    case 'AgreeAward':
      return agreeAward(command, state);
    case 'EscalateDispute':
      return escalateDispute(command, state);
    case 'DecideDispute':
      return decideDispute(command, state);
    case 'WithdrawDispute':
      return withdrawDispute(command, state);
  }
}

/** The next step of a refund. */
function takeRefundOn(command: RefundCommand, state: EscrowState): Decision<EscrowEvent> {
  switch (command.type) {
    case 'RequestRefund':
      return requestRefund(command, state);
    case 'ValueRefund':
      return valueRefund(command, state);
    case 'RecordRefund':
      return recordRefund(command, state);
    case 'RetryRefund':
      return retryRefund(command, state);
    case 'TurnRefundToBank':
      return turnRefund(command, state);
  }
}

/** The part of it that brings money in. */
function decidePayment(command: PaymentCommand, state: EscrowState): Decision<EscrowEvent> {
  switch (command.type) {
    case 'OpenTrade':
      return openTrade(command, state);
    case 'RecordPaymentRequest':
      return recordPaymentRequest(command, state);
    case 'RecordPayment':
      return recordPayment(command, state);
    case 'RecordTransfers':
      return recordTransfers(command, state);
    case 'ApplyReceipt':
      return applyReceipt(command, state);
    case 'ConvertFunds':
      return convertFunds(command, state);
    case 'RequestCancellation':
      return requestCancellation(state);
    case 'RecordPaymentClosed':
      return recordPaymentClosed(command, state);
    case 'RefuseCancellation':
      return refuseCancellation(command, state);
  }
}

function bookShipment(
  { booking }: CommandOf<'BookShipment'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  if (!isFunded(state) || !state.converted) {
    return tooEarly(
      'escrow.not_converted',
      `A trade that is ${state.status} has no money held yet.`,
    );
  }
  if (state.status !== 'funded') return nothing;
  return decided({ type: 'ShipmentBooked', version: 1, ...booking });
}

/**
 * A deadline is a hint from outside. Early by this clock, it waits; late or superseded, it changes
 * nothing.
 */
function passDeadline(
  command: CommandOf<'PassDeadline'>,
  state: EscrowState,
): Decision<EscrowEvent> {
  const { deadline, dueAt, at } = command;
  if (at < dueAt) return tooEarly('escrow.not_due', 'The deadline has not passed by this clock.');
  switch (deadline) {
    case 'inspection_end':
    case 'release_date':
      return passReleaseDue(at, state);
    case 'dispute_escalation':
    case 'dispute_decision':
      return passDisputeDeadline(command, state);
    case 'evidence_near':
    case 'evidence_due':
      return passEvidenceDeadline(command, state);
    case 'shipping_due':
      return passShippingDue(at, state);
    case 'hold_warning':
      return warnOfHoldLimit(at, state);
    case 'hold_forced':
      return forceAtHoldLimit(at, state);
    case 'payment_due':
      return passPaymentDue(at, state);
    default:
      return nothing;
  }
}

function passPaymentDue(at: string, state: EscrowState): Decision<EscrowEvent> {
  if (state.status !== 'awaiting_payment') return nothing;
  if (at < state.terms.payBy) return nothing;
  return decided({
    type: 'CancellationRequested',
    version: 1,
    tradeId: state.terms.tradeId,
    reason: 'payment_window_over',
  });
}
