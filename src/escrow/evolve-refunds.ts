import type { EscrowEvent } from '../../events/index.ts';
import { type Money, subtract, sum } from '../money/money.ts';
import { openMilestones, recoverable, refundable } from './holdings.ts';
import { expectLegal } from './legal.ts';
import type { FundedState, Refund } from './state.ts';

export type RefundEvent = Extract<
  EscrowEvent,
  {
    type:
      | 'RefundRequested'
      | 'RefundValued'
      | 'RefundSubmitted'
      | 'RefundSettled'
      | 'RefundFailed'
      | 'RefundRetried'
      | 'RefundCanceled';
  }
>;

/** In which status a refund must be for each event, but the one that starts it. */
const BEFORE: Readonly<
  Record<Exclude<RefundEvent['type'], 'RefundRequested'>, readonly Refund['status'][]>
> = {
  RefundValued: ['requested'],
  RefundSubmitted: ['valued'],
  RefundSettled: ['submitted'],
  RefundFailed: ['submitted', 'settled'],
  RefundRetried: ['failed'],
  RefundCanceled: ['requested', 'valued'],
};

/** The refunds of a trade after one of their events. */
export function evolveRefunds(state: FundedState, event: RefundEvent): readonly Refund[] {
  const { refunds } = state;
  const before = refunds.find(({ refundId }) => refundId === event.refundId);
  if (event.type === 'RefundRequested') {
    const isLegal =
      event.reason === 'overpayment' ? isUnapplied(state, event) : isCovered(state, event);
    expectLegal(before === undefined && isLegal, event, state);
    return [...refunds, requested(event)];
  }
  expectLegal(before !== undefined && BEFORE[event.type].includes(before.status), event, state);
  return refunds.map((refund) => (refund === before ? after(refund, event, state) : refund));
}

/** What was paid too much, and neither went back nor was taken by the buyer's bank. */
export const unappliedLeft = ({ unapplied, refunds, chargebacks }: FundedState): Money =>
  subtract(
    unapplied,
    sum(unapplied.currency, [
      ...chargebacks.flatMap(({ taken }) => taken?.unapplied ?? []),
      ...refunds
        .filter(({ reason, status }) => reason === 'overpayment' && status !== 'canceled')
        .map(({ amount }) => amount),
    ]),
  );

/** What was paid too much goes back whole and once. */
const isUnapplied = (
  state: FundedState,
  { amount, parts }: Extract<RefundEvent, { type: 'RefundRequested' }>,
): boolean => parts.length === 0 && amount.amountMinor === unappliedLeft(state).amountMinor;

/** A refund never takes more than is left, of the payment and of each milestone. */
export function isCovered(
  state: FundedState,
  { amount, parts }: Pick<Extract<RefundEvent, { type: 'RefundRequested' }>, 'amount' | 'parts'>,
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

const requested = ({
  refundId,
  amount,
  parts,
  reason,
}: Extract<RefundEvent, { type: 'RefundRequested' }>): Refund => ({
  refundId,
  amount,
  parts,
  reason,
  attempt: 1,
  status: 'requested',
  valuation: null,
  providerRefundId: null,
  booking: null,
});

function after(
  refund: Refund,
  event: Exclude<RefundEvent, { type: 'RefundRequested' }>,
  state: FundedState,
): Refund {
  switch (event.type) {
    case 'RefundValued': {
      const { midValue, spread } = event;
      return { ...refund, status: 'valued', valuation: { midValue, spread } };
    }
    case 'RefundSubmitted':
      expectLegal(refund.attempt === event.attempt, event, state);
      return { ...refund, status: 'submitted', providerRefundId: event.providerRefundId };
    case 'RefundSettled':
      return { ...refund, status: 'settled', booking: event.booking };
    case 'RefundFailed':
      return { ...refund, status: 'failed', booking: null };
    case 'RefundRetried':
      expectLegal(refund.attempt + 1 === event.attempt, event, state);
      return { ...refund, status: 'valued', attempt: event.attempt };
    case 'RefundCanceled':
      return { ...refund, status: 'canceled' };
  }
}
