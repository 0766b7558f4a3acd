import type { EscrowEvent } from '../../events/index.ts';
import { compare, type Money, subtract, sum } from '../money/money.ts';
import { partsTotal } from './evolve-parts.ts';
import { openMilestones, recoverable, refundable } from './holdings.ts';
import { expectLegal } from './legal.ts';
import { isByBank, isOfCharge, refundableBy } from './refund-ways.ts';
import { type FundedState, isFunded, type Refund, type RefundingState } from './state.ts';

export type RefundEvent = Extract<
  EscrowEvent,
  {
    type:
      | 'RefundRequested'
      | 'RefundValued'
      | 'RefundSubmitted'
      | 'RefundSettled'
      | 'RefundCredited'
      | 'RefundFailed'
      | 'RefundRetried'
      | 'RefundTurnedToBank'
      | 'RefundCanceled';
  }
>;

/** In which status a refund must be for each event, but the one that starts it. */
const BEFORE: Readonly<
  Record<Exclude<RefundEvent['type'], 'RefundRequested'>, readonly Refund['status'][]>
> = {
  RefundValued: ['requested'],
  RefundSubmitted: ['valued', 'credited'],
  RefundCredited: ['submitted'],
  RefundSettled: ['submitted'],
  RefundFailed: ['submitted', 'settled'],
  RefundRetried: ['failed'],
  RefundTurnedToBank: ['valued'],
  RefundCanceled: ['requested', 'valued', 'failed'],
};

export const isRefundEvent = (event: EscrowEvent): event is RefundEvent =>
  // Stryker disable next-line ConditionalExpression: what is of no refund follows none, and is as illegal
  event.type === 'RefundRequested' || Object.hasOwn(BEFORE, event.type);

/** The refunds of a trade after one of their events. */
export function evolveRefunds(state: RefundingState, event: RefundEvent): readonly Refund[] {
  const { refunds } = state;
  const before = refunds.find(({ refundId }) => refundId === event.refundId);
  if (event.type === 'RefundRequested') {
    expectLegal(before === undefined && isThere(state, event), event, state);
    return [...refunds, requested(event, state)];
  }
  expectLegal(before !== undefined && BEFORE[event.type].includes(before.status), event, state);
  return refunds.map((refund) => (refund === before ? after(refund, event, state) : refund));
}

type Requested = Extract<RefundEvent, { type: 'RefundRequested' }>;

/** What belongs to no milestone goes back from what is left of it; the rest from what is held. */
function isThere(state: RefundingState, event: Requested): boolean {
  if (!isFunded(state) || event.reason === 'overpayment') {
    return event.parts.length === 0 && event.amount.amountMinor <= returnable(state).amountMinor;
  }
  return isCovered(state, event) && isOfItsWay(state, event);
}

/** Of a payment in two ways, none gives back more than came by it. */
const isOfItsWay = (state: FundedState, { amount, from }: Requested): boolean =>
  state.payment.byReceipts === undefined ||
  compare(amount, refundableBy(state, from === 'bank' ? 'bank' : 'charge')) <= 0;

/**
 * What came and belongs to no milestone, and has neither gone back, nor is on its way, nor was taken by
 * the buyer's bank.
 */
export function returnable(state: RefundingState): Money {
  const came = isFunded(state) ? state.unapplied : partsTotal(state.parts);
  const taken = isFunded(state)
    ? state.chargebacks.flatMap((chargeback) => chargeback.taken?.unapplied ?? [])
    : [];
  const back = state.refunds.filter(
    ({ reason, status }) =>
      (reason === 'overpayment' || reason === 'underpayment') && status !== 'canceled',
  );
  return subtract(came, sum(came.currency, [...taken, ...back.map(({ amount }) => amount)]));
}

/** A refund never takes more than is left, of the payment and of each milestone. */
export function isCovered(
  state: FundedState,
  { amount, parts }: Pick<Requested, 'amount' | 'parts'>,
): boolean {
  const open = openMilestones(state);
  const releases = recoverable(state);
  const isPartCovered = ({ milestoneId, held, net, fee }: (typeof parts)[number]): boolean => {
    const isSame = (each: { readonly milestoneId: string }) => each.milestoneId === milestoneId;
    const release = releases.find(isSame);
    return (
      held.amountMinor <= (open.find(isSame)?.remaining.amountMinor ?? 0n) &&
      net.amountMinor <= (release?.net.amountMinor ?? 0n) &&
      fee.amountMinor <= (release?.fee.amountMinor ?? 0n)
    );
  };
  return (
    state.converted &&
    amount.currency === state.payment.received.currency &&
    amount.amountMinor <= refundable(state).amountMinor &&
    parts.every(isPartCovered)
  );
}

/** What came by receipts goes back by bank, unless the event says otherwise. */
const requested = (
  { refundId, amount, parts, reason, from }: Requested,
  state: RefundingState,
): Refund => ({
  refundId,
  amount,
  parts,
  reason,
  from: from ?? (isFunded(state) && state.payment.receiptIds !== undefined ? 'bank' : 'charge'),
  attempt: 1,
  status: 'requested',
  valuation: null,
  providerRefundId: null,
  booking: null,
});

function after(
  refund: Refund,
  event: Exclude<RefundEvent, { type: 'RefundRequested' }>,
  state: RefundingState,
): Refund {
  switch (event.type) {
    case 'RefundValued': {
      const { midValue, spread } = event;
      return { ...refund, status: 'valued', valuation: { midValue, spread } };
    }
    case 'RefundSubmitted':
      expectLegal(
        refund.attempt === event.attempt && refund.creditedBy !== event.providerRefundId,
        event,
        state,
      );
      return { ...refund, status: 'submitted', providerRefundId: event.providerRefundId };
    case 'RefundCredited':
      expectLegal(
        refund.creditedBy === undefined && refund.providerRefundId === event.providerRefundId,
        event,
        state,
      );
      return { ...refund, status: 'credited', creditedBy: event.providerRefundId };
    case 'RefundSettled':
      return { ...refund, status: 'settled', booking: event.booking };
    case 'RefundFailed':
      return { ...refund, status: 'failed', booking: null };
    case 'RefundRetried':
      expectLegal(refund.attempt + 1 === event.attempt, event, state);
      return {
        ...refund,
        status: refund.creditedBy === undefined ? 'valued' : 'credited',
        attempt: event.attempt,
      };
    case 'RefundTurnedToBank':
      expectLegal(isOfCharge(refund) && !isByBank(refund), event, state);
      return { ...refund, byBank: true };
    case 'RefundCanceled':
      return { ...refund, status: 'canceled' };
  }
}
