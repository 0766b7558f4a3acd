import type { PayoutEvent } from '../../../events/index.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { evolvePayout, payoutEvolution } from '../../../src/settlement/payout.ts';
import { bodyOf, story } from '../../support/builders.ts';

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

const histories = {
  not_requested: [],
  requested: [payoutRequested],
  submitted: [payoutRequested, payoutSubmitted],
  settled: [payoutRequested, payoutSubmitted, payoutSettled],
} as const satisfies Record<string, readonly PayoutEvent[]>;

type Status = keyof typeof histories;

/** The one status in which each event may stand next. */
const legal: Readonly<Record<PayoutEvent['type'], Status>> = {
  PayoutRequested: 'not_requested',
  PayoutSubmitted: 'requested',
  PayoutSettled: 'submitted',
};

const cases = (Object.keys(histories) as Status[]).flatMap((status) =>
  [payoutRequested, payoutSubmitted, payoutSettled].map((event) => ({
    status,
    event,
    type: event.type,
    code: legal[event.type] === status ? undefined : 'payout.illegal_history',
  })),
);

describe('A history of a payout in which', () => {
  it.each(cases)('$type follows $status: $code', ({ status, event, code }) => {
    expect(codeOf([...histories[status], event])).toBe(code);
  });

  it('another transfer settles than was submitted is refused', () => {
    const another = { ...payoutSettled, transferId: 'tr_another' };
    expect(codeOf([...histories.submitted, another])).toBe('payout.illegal_history');
  });
});

describe('The state of a payout', () => {
  const terms = bodyOf(payoutRequested);

  it('is its status, what it is for, and its transfer once there is one', () => {
    expect(stateAfter(...histories.requested)).toEqual({ status: 'requested', terms });
    expect(stateAfter(...histories.submitted)).toEqual({ status: 'submitted', terms, transferId });
    expect(stateAfter(...histories.settled)).toEqual({ status: 'settled', terms, transferId });
  });
});
