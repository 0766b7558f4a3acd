import { money } from '../../../src/money/money.ts';
import { decidePayout, type PayoutCommand } from '../../../src/settlement/payout.ts';
import { payoutEvolution } from '../../../src/settlement/payout-state.ts';
import { story } from '../../support/builders.ts';
import { specification, summaryOf } from '../../support/given.ts';
import {
  at,
  carriedPart,
  histories,
  own,
  payoutFailed,
  payoutReissued,
  plain,
  type StateName,
  stateNames,
  stripeRoute,
  transferId,
} from './payout-states.ts';

const { given } = specification({ evolution: payoutEvolution, decide: decidePayout });
const { payoutRequested, milestoneReleased } = story;
const code = 'transfers_inactive';
const request = { plan: plain, route: stripeRoute, at };

const commands = {
  RequestPayout: { type: 'RequestPayout', release: milestoneReleased, ...request },
  ReissuePayout: { type: 'ReissuePayout', attempt: 2, ...request },
  DeferRetry: { type: 'DeferRetry', attempt: 1, code, retryAt: at },
  RecordSubmission: { type: 'RecordSubmission', transferId, at },
  RecordSettlement: { type: 'RecordSettlement', transferId, at },
  SubmissionOfAnother: { type: 'RecordSubmission', transferId: 'tr_another', at },
  SettlementOfAnother: { type: 'RecordSettlement', transferId: 'tr_another', at },
  RecordFailure: { type: 'RecordFailure', attempt: 1, code, at },
  RecordReturn: { type: 'RecordReturn', transferId, returned: own.amount, code: 'AC04', at },
  ReturnOfAnother: {
    type: 'RecordReturn',
    transferId: 'tr_another',
    returned: own.amount,
    code,
    at,
  },
  RecordReversal: { type: 'RecordReversal', transferId, totalReversed: own.amount, at },
  ReversalOfAnother: {
    ...{ type: 'RecordReversal', transferId: 'tr_another', totalReversed: own.amount, at },
  },
  RecordPaidThrough: { type: 'RecordPaidThrough', carrierPayoutId: 'payout_carrier', at },
} as const satisfies Record<string, PayoutCommand>;

type CommandName = keyof typeof commands;

const early = 'too early payout.not_requested';
const unsent = 'too early payout.not_submitted';
const second = 'rejected payout.second_transfer';
const cannotFail = (status: string) => `rejected payout.cannot_fail_${status}`;
const unexpected = (status: string) => `rejected payout.unexpected_${status}`;

/** What never pays and waits for no money of its own. */
const unpaid = {
  rolled_forward: unexpected('rolled_forward'),
  set_off: unexpected('set_off'),
  paid_through: unexpected('paid_through'),
};

/** What every command leads to in every status; nothing, where it is not said. */
const matrix: Readonly<Record<CommandName, Partial<Record<StateName, string>>>> = {
  RequestPayout: { not_requested: 'PayoutRequested' },
  ReissuePayout: { failed: 'PayoutReissued', returned: 'PayoutReissued' },
  DeferRetry: { failed: 'PayoutRetryDeferred', returned: 'PayoutRetryDeferred' },
  RecordSubmission: {
    not_requested: early,
    requested: 'PayoutSubmitted',
    failed: 'PayoutReissued PayoutSubmitted',
    reissued: second,
    ...unpaid,
  },
  RecordSettlement: {
    not_requested: early,
    requested: 'PayoutSubmitted PayoutSettled',
    submitted: 'PayoutSettled',
    failed: 'PayoutReissued PayoutSubmitted PayoutSettled',
    reissued: second,
    ...unpaid,
  },
  SubmissionOfAnother: {
    not_requested: early,
    requested: 'PayoutSubmitted',
    submitted: second,
    settled: second,
    failed: 'PayoutReissued PayoutSubmitted',
    returned: second,
    reissued: second,
    reversed: second,
    ...unpaid,
  },
  SettlementOfAnother: {
    not_requested: early,
    requested: 'PayoutSubmitted PayoutSettled',
    submitted: second,
    settled: second,
    failed: 'PayoutReissued PayoutSubmitted PayoutSettled',
    returned: second,
    reissued: second,
    reversed: second,
    ...unpaid,
  },
  RecordFailure: {
    not_requested: early,
    requested: 'PayoutFailed',
    submitted: 'PayoutFailed',
    settled: cannotFail('settled'),
    returned: cannotFail('returned'),
    reversed: cannotFail('settled'),
    rolled_forward: cannotFail('rolled_forward'),
    set_off: cannotFail('set_off'),
    paid_through: cannotFail('paid_through'),
  },
  RecordReturn: {
    not_requested: unsent,
    requested: unsent,
    submitted: 'PayoutSettled PayoutReturned',
    settled: 'PayoutReturned',
    failed: unexpected('failed'),
    reissued: unsent,
    reversed: unexpected('settled'),
    ...unpaid,
  },
  ReturnOfAnother: {
    not_requested: unsent,
    requested: unsent,
    submitted: second,
    settled: second,
    failed: unexpected('failed'),
    returned: second,
    reissued: unsent,
    reversed: second,
    ...unpaid,
  },
  RecordReversal: {
    not_requested: early,
    requested: early,
    submitted: 'PayoutSettled PayoutReversed',
    settled: 'PayoutReversed',
    failed: unexpected('failed'),
    returned: unexpected('returned'),
    reissued: early,
    reversed: 'PayoutReversed',
    ...unpaid,
  },
  ReversalOfAnother: {
    not_requested: early,
    requested: early,
    submitted: second,
    settled: second,
    failed: unexpected('failed'),
    returned: unexpected('returned'),
    reissued: early,
    reversed: second,
    ...unpaid,
  },
  RecordPaidThrough: { not_requested: early, rolled_forward: 'PayoutPaidThrough' },
};

describe('A payout', () => {
  const cases = (Object.keys(matrix) as CommandName[]).flatMap((command) =>
    stateNames.map((status) => ({
      command,
      status,
      outcome: matrix[command][status] ?? 'nothing',
    })),
  );
  it.each(cases)(
    'that is $status answers $command with $outcome',
    ({ command, status, outcome }) => {
      const { decision } = given(...histories[status]).when(commands[command]);
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
    given()
      .when({ ...commands.RequestPayout, release })
      .thenEvents(requested);
  });

  it('is tried again for the same amount, under the next number', () => {
    given(...histories.failed)
      .when(commands.ReissuePayout)
      .thenEvents(payoutReissued);
  });

  it('is tried again only under the number that follows', () => {
    given(...histories.failed)
      .when({ ...commands.ReissuePayout, attempt: 3 })
      .thenNothing();
    given(...histories.reissued, { ...payoutFailed, attempt: 2 })
      .when(commands.ReissuePayout)
      .thenNothing();
  });

  it('does not fail by what is told of an attempt that was followed by another', () => {
    given(...histories.reissued)
      .when(commands.RecordFailure)
      .thenNothing();
  });

  it('goes on with the transfer of the attempt that was taken for failed, for the same amount', () => {
    const { decision } = given(...histories.failed).when(commands.RecordSettlement);
    expect(decision).toMatchObject({
      events: [
        { type: 'PayoutReissued', attempt: 2, amount: own.amount },
        { type: 'PayoutSubmitted', attempt: 2, transferId },
        { type: 'PayoutSettled', attempt: 2, transferId, amount: own.amount },
      ],
    });
  });
});

describe('A payout with money of another trade in it', () => {
  const parts = [carriedPart, own];
  const plan = { taken: [carriedPart], recovered: [], parts, allocationId: own.payoutId };
  const requested = {
    ...payoutRequested,
    ...{ amount: money('USD', 1_123_200n), parts, allocationId: own.payoutId },
  };

  it('pays both, and draws on no charge', () => {
    const { sourceChargeId: _, ...unsourced } = requested;
    given()
      .when({ ...commands.RequestPayout, plan })
      .thenEvents(unsourced);
  });

  it('tells the payouts that it carried once it is settled', () => {
    const { decision } = given(requested, ...histories.submitted.slice(1)).when(
      commands.RecordSettlement,
    );
    expect(decision).toMatchObject({
      events: [
        { type: 'PayoutSettled', amount: requested.amount },
        { type: 'CarriedPayoutsSettled', carried: [carriedPart] },
      ],
    });
  });

  it('says so when it fails', () => {
    const { decision } = given(requested).when(commands.RecordFailure);
    expect(decision).toMatchObject({ events: [{ amount: requested.amount, parts }] });
  });

  it('that debts take whole is kept, and so are those that it carries', () => {
    const none = parts.map((part) => ({ ...part, amount: money('USD', 0n) }));
    const { decision } = given().when({
      ...commands.RequestPayout,
      plan: { ...plan, parts: none, recovered: [] },
    });
    expect(summaryOf(decision)).toBe('PayoutSetOff CarriedPayoutsSettled');
  });
});

describe('A payout that its corridor or its rail can’t pay whole', () => {
  it('waits with its reason where it is below the minimum', () => {
    const limits = { minimum: money('USD', 1_121_251n), stepMinor: 1n };
    const { decision } = given().when({
      ...commands.RequestPayout,
      route: { rail: 'stripe_transfer', limits },
    });
    expect(decision).toMatchObject({
      events: [
        {
          type: 'PayoutRolledForward',
          reason: 'below_minimum',
          minimum: limits.minimum,
          amount: own.amount,
          parts: [own],
        },
      ],
    });
  });

  it('pays exactly the minimum', () => {
    const limits = { minimum: own.amount, stepMinor: 1n };
    given()
      .when({ ...commands.RequestPayout, route: { rail: 'stripe_transfer', limits } })
      .thenEvents(payoutRequested);
  });

  it('leaves over what is not a whole step', () => {
    const limits = { minimum: money('USD', 0n), stepMinor: 100n };
    const { decision } = given().when({
      ...commands.RequestPayout,
      route: { rail: 'stripe_transfer', limits },
    });
    expect(decision).toMatchObject({
      events: [
        { type: 'PayoutRequested', amount: money('USD', 1_121_200n) },
        { type: 'PayoutLeftOver', parts: [{ ...own, amount: money('USD', 50n) }] },
      ],
    });
  });

  it('by bank says when it was requested, and draws on no charge', () => {
    const { sourceChargeId: _, ...unsourced } = payoutRequested;
    given()
      .when({ ...commands.RequestPayout, route: { ...stripeRoute, rail: 'bank_file' } })
      .thenEvents({ ...unsourced, rail: 'bank_file', requestedAt: at });
  });
});

describe('Money that comes back', () => {
  it.each([
    ['more than was paid', money('USD', 1_121_251n)],
    ['other money than was paid', money('EUR', 1n)],
  ])('is refused where it is %s', (_, amount) => {
    given(...histories.settled)
      .when({ ...commands.RecordReturn, returned: amount })
      .thenRejected('payout.returned_too_much');
    given(...histories.settled)
      .when({ ...commands.RecordReversal, totalReversed: amount })
      .thenRejected('payout.reversed_too_much');
  });

  it('is recorded by each rise of the total, whatever order the reports come in', () => {
    const total = (minor: bigint) => ({
      ...commands.RecordReversal,
      totalReversed: money('USD', minor),
    });
    const [history, partly] = [histories.settled, money('USD', 100n)];
    const { decision } = given(...history).when(total(100n));
    expect(decision).toMatchObject({ events: [{ amount: partly, totalReversed: partly }] });
    given(...histories.reversed)
      .when(total(97_500n))
      .thenNothing();
    given(...histories.reversed)
      .when(total(90_000n))
      .thenNothing();
  });
});
