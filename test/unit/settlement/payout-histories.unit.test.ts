import type { PayoutEvent } from '../../../events/index.ts';
import { CarriedPayoutsSettled } from '../../../events/payout/carried-payouts-settled.v1.ts';
import { PayoutBlocked } from '../../../events/payout/payout-blocked.v1.ts';
import { PayoutLeftOver } from '../../../events/payout/payout-left-over.v1.ts';
import { PayoutRefusalProposed } from '../../../events/payout/payout-refusal-proposed.v1.ts';
import { PayoutRetryDeferred } from '../../../events/payout/payout-retry-deferred.v1.ts';
import { PayoutSentBeforeBlock } from '../../../events/payout/payout-sent-before-block.v1.ts';
import { PayoutUnblocked } from '../../../events/payout/payout-unblocked.v1.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { evolvePayout, payoutEvolution } from '../../../src/settlement/payout-state.ts';
import { bodyOf, sample, story } from '../../support/builders.ts';
import {
  histories,
  paidThrough,
  payoutFailed,
  payoutReissued,
  payoutReturned,
  payoutReversed,
  rolledForward,
  type StateName,
  setOff,
  stateNames,
} from './payout-states.ts';

const { payoutRequested, payoutSubmitted, payoutSettled } = story;
const { transferId } = payoutSubmitted;

const stateAfter = (...events: readonly PayoutEvent[]) =>
  events.reduce(evolvePayout, payoutEvolution.initial);

const codeOf = (events: readonly PayoutEvent[]): string | undefined => {
  try {
    stateAfter(...events);
    return undefined;
  } catch (error) {
    return isCodedError(error) && !error.retryable ? error.code : 'not a defect';
  }
};

const waits: readonly StateName[] = ['failed', 'returned'];

/** Every event, and the states in which it may stand next. */
const legal: Readonly<Record<PayoutEvent['type'], readonly [PayoutEvent, readonly StateName[]]>> = {
  PayoutRequested: [payoutRequested, ['not_requested']],
  PayoutReissued: [payoutReissued, waits],
  PayoutSubmitted: [payoutSubmitted, ['requested', 'reissued']],
  PayoutSettled: [payoutSettled, ['submitted']],
  PayoutFailed: [payoutFailed, ['requested', 'submitted', 'reissued']],
  PayoutRefusalProposed: [
    { ...sample(PayoutRefusalProposed, 'payout/payout-refusal-proposed'), transferId },
    ['submitted'],
  ],
  PayoutReturned: [payoutReturned, ['settled', 'reversed']],
  PayoutReversed: [payoutReversed, ['settled']],
  PayoutRolledForward: [rolledForward, ['not_requested', ...waits]],
  PayoutSetOff: [setOff, ['not_requested', ...waits]],
  PayoutPaidThrough: [paidThrough, ['rolled_forward']],
  PayoutLeftOver: [sample(PayoutLeftOver, 'payout/payout-left-over'), ['requested', 'reissued']],
  PayoutRetryDeferred: [sample(PayoutRetryDeferred, 'payout/payout-retry-deferred'), waits],
  PayoutBlocked: [sample(PayoutBlocked, 'payout/payout-blocked'), ['not_requested', ...waits]],
  PayoutUnblocked: [sample(PayoutUnblocked, 'payout/payout-unblocked'), []],
  PayoutSentBeforeBlock: [
    sample(PayoutSentBeforeBlock, 'payout/payout-sent-before-block'),
    ['submitted', 'settled', 'reversed'],
  ],
  CarriedPayoutsSettled: [
    sample(CarriedPayoutsSettled, 'payout/carried-payouts-settled'),
    ['settled', 'reversed', 'set_off'],
  ],
};

const cases = Object.values(legal).flatMap(([event, states]) =>
  stateNames.map((status) => ({
    status,
    event,
    type: event.type,
    code: states.includes(status) ? undefined : 'payout.illegal_history',
  })),
);

describe('A history of a payout in which', () => {
  it.each(cases)('$type follows $status: $code', ({ status, event, code }) => {
    expect(codeOf([...histories[status], event])).toBe(code);
  });

  it.each([
    { what: 'settles', history: histories.submitted, event: payoutSettled },
    { what: 'comes back', history: histories.settled, event: payoutReturned },
    { what: 'is taken back', history: histories.settled, event: payoutReversed },
  ])('another transfer $what than was submitted is refused', ({ history, event }) => {
    const another = { ...event, transferId: 'tr_another' };
    expect(codeOf([...history, another])).toBe('payout.illegal_history');
  });

  it('reversals do not add up is refused', () => {
    const odd = { ...payoutReversed, amount: money('USD', 1n) };
    expect(codeOf([...histories.settled, odd])).toBe('payout.illegal_history');
  });
});

describe('The state of a payout', () => {
  const terms = bodyOf(payoutRequested);

  it('is its status, what it is for, and its transfer once there is one', () => {
    expect(stateAfter(...histories.requested)).toEqual({ status: 'requested', terms });
    expect(stateAfter(...histories.submitted)).toEqual({ status: 'submitted', terms, transferId });
    expect(stateAfter(...histories.settled)).toEqual({ status: 'settled', terms, transferId });
  });

  it('says why it waits, and where it went', () => {
    expect(stateAfter(...histories.failed)).toEqual({
      ...{ status: 'failed', terms, code: payoutFailed.code, at: payoutFailed.failedAt },
    });
    const submitted = { ...payoutSubmitted, accountReference: 'bka_1' };
    expect(stateAfter(payoutRequested, submitted, payoutSettled, payoutReturned)).toMatchObject({
      status: 'returned',
      code: 'AC04',
      accountReference: 'bka_1',
    });
    expect(stateAfter(payoutRequested, submitted, payoutFailed)).toMatchObject({
      ...{ status: 'failed', accountReference: 'bka_1' },
    });
  });
});
