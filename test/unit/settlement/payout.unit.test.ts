import type { PayoutEvent } from '../../../events/index.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import {
  decidePayout,
  evolvePayout,
  type PayoutCommand,
  payoutEvolution,
} from '../../../src/settlement/payout.ts';
import { story } from '../../support/builders.ts';
import { specification, summaryOf } from '../../support/given.ts';

const { given } = specification({ evolution: payoutEvolution, decide: decidePayout });
const { payoutRequested, payoutSubmitted, payoutSettled, milestoneReleased } = story;
const { transferId } = payoutSubmitted;
const at = payoutSettled.settledAt;

const histories: Readonly<Record<string, readonly PayoutEvent[]>> = {
  not_requested: [],
  requested: [payoutRequested],
  submitted: [payoutRequested, payoutSubmitted],
  settled: [payoutRequested, payoutSubmitted, payoutSettled],
};

const commands = {
  RequestPayout: { type: 'RequestPayout', release: milestoneReleased },
  RecordSubmission: { type: 'RecordSubmission', transferId, at },
  RecordSettlement: { type: 'RecordSettlement', transferId, at },
  RecordSubmissionOfAnother: { type: 'RecordSubmission', transferId: 'tr_another', at },
  RecordSettlementOfAnother: { type: 'RecordSettlement', transferId: 'tr_another', at },
} as const satisfies Record<string, PayoutCommand>;

const early = 'too early payout.not_requested';
const second = 'rejected payout.second_transfer';

/** What every command leads to in every status. */
const matrix: Readonly<Record<keyof typeof commands, Readonly<Record<string, string>>>> = {
  RequestPayout: {
    not_requested: 'PayoutRequested',
    requested: 'nothing',
    submitted: 'nothing',
    settled: 'nothing',
  },
  RecordSubmission: {
    not_requested: early,
    requested: 'PayoutSubmitted',
    submitted: 'nothing',
    settled: 'nothing',
  },
  RecordSettlement: {
    not_requested: early,
    requested: 'PayoutSubmitted PayoutSettled',
    submitted: 'PayoutSettled',
    settled: 'nothing',
  },
  RecordSubmissionOfAnother: {
    not_requested: early,
    requested: 'PayoutSubmitted',
    submitted: second,
    settled: second,
  },
  RecordSettlementOfAnother: {
    not_requested: early,
    requested: 'PayoutSubmitted PayoutSettled',
    submitted: second,
    settled: second,
  },
};

describe('A payout', () => {
  const cases = Object.entries(matrix).flatMap(([command, outcomes]) =>
    Object.entries(outcomes).map(([status, outcome]) => ({ command, status, outcome })),
  );
  it.each(cases)(
    'that is $status answers $command with $outcome',
    ({ command, status, outcome }) => {
      const { decision } = given(...(histories[status] ?? [])).when(
        commands[command as keyof typeof commands],
      );
      expect(summaryOf(decision)).toBe(outcome);
    },
  );

  it('is for exactly what was released, to the seller it was released to', () => {
    given().when(commands.RequestPayout).thenEvents(payoutRequested);
    expect(payoutRequested).toMatchObject({
      amount: milestoneReleased.net,
      destination: milestoneReleased.payoutAccountId,
      sourceChargeId: milestoneReleased.sourceChargeId,
    });
  });

  it('names no charge where the release named none', () => {
    const { sourceChargeId: _, ...release } = milestoneReleased;
    const { sourceChargeId: __, ...requested } = payoutRequested;
    given().when({ type: 'RequestPayout', release }).thenEvents(requested);
  });
});

describe('A history of a payout', () => {
  it.each([
    { what: 'a submission that nobody requested', events: [payoutSubmitted] },
    { what: 'a settlement without a submission', events: [payoutRequested, payoutSettled] },
    { what: 'a second request', events: [payoutRequested, payoutRequested] },
    {
      what: 'a second settlement',
      events: [payoutRequested, payoutSubmitted, payoutSettled, payoutSettled],
    },
  ])('with $what is refused', ({ events }) => {
    let code: string | undefined;
    try {
      events.reduce(evolvePayout, payoutEvolution.initial);
    } catch (error) {
      code = isCodedError(error) ? error.code : undefined;
    }
    expect(code).toBe('payout.illegal_history');
  });
});
