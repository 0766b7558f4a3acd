import { decidePayout, type PayoutCommand } from '../../../src/settlement/payout.ts';
import { payoutEvolution } from '../../../src/settlement/payout-state.ts';
import { story } from '../../support/builders.ts';
import { specification } from '../../support/given.ts';
import { at, own, plain, type StateName, stripeRoute, transferId } from './payout-states.ts';

export const { given } = specification({ evolution: payoutEvolution, decide: decidePayout });
const { milestoneReleased } = story;
const code = 'transfers_inactive';
const returning = { limits: {} };
const request = { plan: plain, route: stripeRoute, at };

/** One command of every kind, and of a transfer that is not the one we know. */
export const commands = {
  RequestPayout: { type: 'RequestPayout', release: milestoneReleased, ...request },
  ReissuePayout: { type: 'ReissuePayout', attempt: 2, ...request },
  DeferRetry: { type: 'DeferRetry', attempt: 1, code, retryAt: at },
  RecordSubmission: { type: 'RecordSubmission', transferId, at },
  RecordSettlement: { type: 'RecordSettlement', transferId, at },
  SubmissionOfAnother: { type: 'RecordSubmission', transferId: 'tr_another', at },
  SettlementOfAnother: { type: 'RecordSettlement', transferId: 'tr_another', at },
  RecordFailure: { type: 'RecordFailure', attempt: 1, code, at },
  RecordReturn: {
    type: 'RecordReturn',
    transferId,
    returned: own.amount,
    ...returning,
    code: 'AC04',
    at,
  },
  ReturnOfAnother: {
    type: 'RecordReturn',
    transferId: 'tr_another',
    returned: own.amount,
    ...returning,
    code,
    at,
  },
  RecordReversal: { type: 'RecordReversal', transferId, totalReversed: own.amount, at },
  ReversalOfAnother: {
    ...{ type: 'RecordReversal', transferId: 'tr_another', totalReversed: own.amount, at },
  },
  RecordPaidThrough: { type: 'RecordPaidThrough', carrierPayoutId: 'payout_carrier', at },
} as const satisfies Record<string, PayoutCommand>;

export type CommandName = keyof typeof commands;

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
export const matrix: Readonly<Record<CommandName, Partial<Record<StateName, string>>>> = {
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
