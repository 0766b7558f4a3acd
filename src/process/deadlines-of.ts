import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import { inspectionEnd } from '../escrow/decide-release.ts';
import { type EscrowState, isFunded } from '../escrow/state.ts';
import { evidenceNearAt, holdPartAt, shipByOf } from '../escrow/timetable.ts';
import { type PollingPolicy, USUAL_POLLING } from '../tracking/polling.ts';
import { after, laterOf, type Owner, ofTrade } from './deadline.ts';
import { ofParcel } from './deadlines-of-parcel.ts';
import type { Deadline } from './views.ts';

/** How long the provider has to confirm a payout by webhook before we ask it ourselves. */
const PAYOUT_CONFIRMATION_SECONDS = 300;
/** When a payout that waits for the seller's account is looked at, though nobody told of a change. */
const PAYOUT_RETRY_SECONDS = 86_400;
/** A provider's balance may be free some hours after the day that it named began. */
const FUNDS_LOOK_AGAIN_SECONDS = 43_200;
/** How often we ask again about a payment that was in processing as its window ended: debits take days. */
const PAYMENT_RECHECK_SECONDS = 43_200;
/** When we ask about a refund that the provider has not confirmed: at once, a day and ten days later. */
const REFUND_CONFIRMATION_SECONDS = [300, 86_400, 864_000] as const;
/**
 * When the provider's transfers are compared with the books: half an hour after one was made, by when
 * its webhook must have come; when the seller's bank has it; and when it can't come back any more.
 */
const TRANSFER_CHECK_SECONDS = [1_800, 172_800, 864_000] as const;
/** More than clocks differ by: a deadline that has just passed is not set again. */
const RECHECK_NOT_WITHIN_SECONDS = 600;
const MILLISECONDS_PER_SECOND = 1_000;

/**
 * The deadlines that a record sets, given what its trade has become. They are hints; whether one still
 * counts is decided later.
 */
export function deadlinesOf(
  { events, tradeId, marketplaceId, recordedAt, streamId }: TradelaneRecord,
  escrow: EscrowState,
  polling: PollingPolicy = USUAL_POLLING,
): readonly Deadline[] {
  const owner = { tradeId, marketplaceId };
  return events.flatMap((event): readonly Deadline[] => {
    switch (event.type) {
      case 'TradeOpened':
        return [ofTrade(owner, 'payment_due', event.payBy)];
      case 'CancellationRefused':
        return paymentRechecks(recordedAt, escrow).map((dueAt) =>
          ofTrade(owner, 'payment_due', dueAt),
        );
      case 'EscrowFunded':
        return ofFunds(owner, escrow);
      case 'FundsConverted':
        return ofConversion(owner, escrow, event.convertedAt);
      case 'DeliveryConfirmed':
        return inspectionEnds(event.confirmedAt, escrow).map((dueAt) =>
          ofTrade(owner, 'inspection_end', dueAt),
        );
      case 'PayoutRequested':
      case 'PayoutReissued':
        return ofAwaitedFunds(owner, event);
      case 'PayoutFailed':
        return [ofTrade(owner, 'payout_retry', retryAt(event.failedAt), event.payoutId)];
      case 'PayoutReturned':
        return [ofTrade(owner, 'payout_retry', retryAt(event.returnedAt), event.payoutId)];
      case 'PayoutRetryDeferred':
        return [ofTrade(owner, 'payout_retry', event.retryAt, event.payoutId)];
      case 'PayoutInstructionAdded':
        return [ofTrade(owner, 'batch_cutoff', event.closesAt, event.batchId)];
      case 'PayoutSubmitted': {
        // What stands in a batch is confirmed by the bank's statement, however long that takes.
        if (event.batchId !== undefined) return [];
        const dueAt = after(event.submittedAt, PAYOUT_CONFIRMATION_SECONDS);
        return [
          ofTrade(owner, 'payout_confirmation', dueAt, event.payoutId),
          ...TRANSFER_CHECK_SECONDS.map((seconds) =>
            ofTrade(owner, 'transfer_check', after(event.submittedAt, seconds), event.payoutId),
          ),
        ];
      }
      case 'RefundSubmitted':
        return REFUND_CONFIRMATION_SECONDS.map((seconds) =>
          ofTrade(owner, 'refund_confirmation', after(event.submittedAt, seconds), event.refundId),
        );
      case 'DisputeOpened':
        return [ofTrade(owner, 'dispute_escalation', event.escalatesAt, event.disputeId)];
      case 'DisputeEscalated':
        return [ofTrade(owner, 'dispute_decision', event.decideBy, event.disputeId)];
      case 'ChargebackOpened':
        return ofEvidence(owner, event, event.openedAt);
      case 'ChargebackEvidenceAsked':
        return ofEvidence(owner, event, event.askedAt);
      case 'DisputeClosed':
      case 'ChargebackWon':
      case 'ChargebackLost':
        return afterHoldUp(owner, escrow, event.closedAt);
      case 'FundsUnblocked':
        return afterBlock(owner, escrow, event.unblockedAt);
      default:
        return ofParcel(event, { owner, recordedAt, streamId, polling });
    }
  });
}

const payByOf = (escrow: EscrowState): string => ('terms' in escrow ? escrow.terms.payBy : '');

/** What runs from the payment on: the time to ship, and how long the money may be held. */
function ofFunds(owner: Owner, escrow: EscrowState): readonly Deadline[] {
  if (!isFunded(escrow)) return [];
  const { terms, payment } = escrow;
  const shipBy = shipByOf(terms, payment);
  const shipping = shipBy === undefined ? [] : [ofTrade(owner, 'shipping_due', shipBy)];
  if (terms.holdLimitSeconds === undefined) return shipping;
  return [
    ...shipping,
    ofTrade(owner, 'hold_warning', holdPartAt(terms, payment, 'warning')),
    ofTrade(owner, 'hold_forced', holdPartAt(terms, payment, 'forced')),
  ];
}

/** When a payout waits for its own money: as soon as that is free, and once more half a day later. */
function ofAwaitedFunds(
  owner: Owner,
  {
    payoutId,
    availableOn,
  }: { readonly payoutId: string; readonly availableOn?: string | undefined },
): readonly Deadline[] {
  if (availableOn === undefined) return [];
  return [0, FUNDS_LOOK_AGAIN_SECONDS].map((seconds) =>
    ofTrade(owner, 'payout_retry', after(availableOn, seconds), payoutId),
  );
}

/** An answer's day may be so near that somebody is told at once. */
function ofEvidence(
  owner: Owner,
  {
    chargebackId,
    evidenceDueBy,
  }: {
    readonly chargebackId: string;
    readonly evidenceDueBy?: string | undefined;
  },
  from: string,
): readonly Deadline[] {
  if (evidenceDueBy === undefined) return [];
  const nearAt = laterOf(evidenceNearAt(evidenceDueBy), from);
  return [
    ofTrade(owner, 'evidence_near', nearAt, chargebackId),
    ofTrade(owner, 'evidence_due', evidenceDueBy, chargebackId),
  ];
}

/** What has passed by then met money that could not go anywhere yet, and is asked for once more. */
const ofFundsFrom = (owner: Owner, escrow: EscrowState, from: string): readonly Deadline[] =>
  ofFunds(owner, escrow).map((deadline) => ({
    ...deadline,
    dueAt: laterOf(deadline.dueAt, from),
  }));

const ofConversion = (
  owner: Owner,
  escrow: EscrowState,
  convertedAt: string,
): readonly Deadline[] => [
  ...releaseDates(convertedAt, escrow).map((dueAt) => ofTrade(owner, 'release_date', dueAt)),
  ...ofFundsFrom(owner, escrow, convertedAt),
];

/** A day that has come before the money did counts from the money on. */
function releaseDates(convertedAt: string, escrow: EscrowState): readonly string[] {
  const milestones = isFunded(escrow) ? escrow.terms.milestones : [];
  const days = milestones.flatMap(({ release }) =>
    release?.rule === 'date' ? [laterOf(release.releaseAt, convertedAt)] : [],
  );
  return [...new Set(days)];
}

/** What may have fallen due while a dispute or a chargeback held it up is asked for once more. */
function afterHoldUp(owner: Owner, escrow: EscrowState, dueAt: string): readonly Deadline[] {
  if (!isFunded(escrow)) return [];
  const open = escrow.disputes.filter(({ stage }) => stage !== 'closed');
  return [
    ofTrade(owner, 'inspection_end', dueAt),
    ...ofFundsFrom(owner, escrow, dueAt),
    ...open.map(({ disputeId, stage, escalatesAt, decideBy }) =>
      stage === 'escalated'
        ? ofTrade(owner, 'dispute_decision', laterOf(decideBy ?? dueAt, dueAt), disputeId)
        : ofTrade(owner, 'dispute_escalation', laterOf(escalatesAt, dueAt), disputeId),
    ),
  ];
}

/** While funds are blocked every deadline waits; that of the payment too. */
const afterBlock = (owner: Owner, escrow: EscrowState, dueAt: string): readonly Deadline[] => [
  ofTrade(owner, 'payment_due', laterOf(payByOf(escrow), dueAt)),
  ...afterHoldUp(owner, escrow, dueAt),
];

const retryAt = (failedAt: string): string => after(failedAt, PAYOUT_RETRY_SECONDS);

/**
 * The next of the times, 12 hours apart from the end of the payment window on, at which we ask. All
 * refusals between two of them lead to the same one, so that they never multiply.
 */
function paymentRechecks(refusedAt: string, escrow: EscrowState): readonly string[] {
  if (!('terms' in escrow)) return [];
  const { payBy } = escrow.terms;
  const elapsedMs = Date.parse(refusedAt) - Date.parse(payBy);
  const elapsedSeconds = elapsedMs / MILLISECONDS_PER_SECOND + RECHECK_NOT_WITHIN_SECONDS;
  const rechecks = Math.max(0, Math.floor(elapsedSeconds / PAYMENT_RECHECK_SECONDS)) + 1;
  return [after(payBy, rechecks * PAYMENT_RECHECK_SECONDS)];
}

function inspectionEnds(confirmedAt: string, escrow: EscrowState): readonly string[] {
  if (!('terms' in escrow)) return [];
  return [
    ...new Set(escrow.terms.milestones.map((milestone) => inspectionEnd(confirmedAt, milestone))),
  ];
}
