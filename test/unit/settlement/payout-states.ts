import type { PayoutEvent } from '../../../events/index.ts';
import { PayoutFailed } from '../../../events/payout/payout-failed.v1.ts';
import type { PayoutPaidThrough } from '../../../events/payout/payout-paid-through.v1.ts';
import { PayoutReissued } from '../../../events/payout/payout-reissued.v1.ts';
import { PayoutReturned } from '../../../events/payout/payout-returned.v1.ts';
import { PayoutReversed } from '../../../events/payout/payout-reversed.v1.ts';
import type { PayoutRolledForward } from '../../../events/payout/payout-rolled-forward.v1.ts';
import type { PayoutSetOff } from '../../../events/payout/payout-set-off.v1.ts';
import { money } from '../../../src/money/money.ts';
import type { Allocated, Route } from '../../../src/settlement/payout.ts';
import { ownPart } from '../../../src/settlement/payout.ts';
import { sample, story } from '../../support/builders.ts';

const { payoutRequested, payoutSubmitted, payoutSettled, milestoneReleased } = story;
export const { transferId } = payoutSubmitted;
export const at = payoutSettled.settledAt;
export const own = ownPart(milestoneReleased);
/** A milestone of another trade of the seller's, whose money waits. */
export const carriedPart = {
  payoutId: 'payout_other_sample',
  tradeId: 'trd_other',
  milestoneId: 'sample',
  sellerId: 'pty_other',
  amount: money('USD', 1_950n),
};
const { amount: _, ...subject } = own;

export const plain: Allocated = { taken: [], recovered: [], parts: [own] };
export const stripeRoute: Route = {
  rail: 'stripe_transfer',
  limits: { minimum: money('USD', 0n), stepMinor: 1n },
};

export const payoutFailed = sample(PayoutFailed, 'payout/payout-failed');
export const payoutReissued = sample(PayoutReissued, 'payout/payout-reissued');
export const payoutReturned: PayoutReturned = {
  ...sample(PayoutReturned, 'payout/payout-returned'),
  transferId,
};
export const payoutReversed: PayoutReversed = {
  ...sample(PayoutReversed, 'payout/payout-reversed'),
  transferId,
};
export const rolledForward: PayoutRolledForward = {
  ...{ type: 'PayoutRolledForward', version: 1, ...subject, attempt: 1 },
  ...{ destination: payoutRequested.destination, reason: 'below_minimum' },
  ...{ minimum: money('USD', 2_000_000n), amount: own.amount, parts: [own], rolledForwardAt: at },
};
const gone = { ...own, amount: money('USD', 0n) };
export const setOff: PayoutSetOff = {
  ...{ type: 'PayoutSetOff', version: 1, ...subject, attempt: 1, parts: [gone], setOffAt: at },
  recovered: [
    { debtId: 'dbt_1', debtorId: 'pty_debtor', sellerId: own.sellerId, amount: own.amount },
  ],
};
const { payoutId, tradeId, milestoneId } = own;
export const paidThrough: PayoutPaidThrough = {
  ...{ type: 'PayoutPaidThrough', version: 1, payoutId, tradeId, milestoneId },
  ...{ carrierPayoutId: 'payout_carrier', paidAt: at },
};

const settled = [payoutRequested, payoutSubmitted, payoutSettled] as const;

/** A history that leads to each status. */
export const histories = {
  not_requested: [],
  requested: [payoutRequested],
  submitted: [payoutRequested, payoutSubmitted],
  settled,
  failed: [payoutRequested, payoutFailed],
  returned: [...settled, payoutReturned],
  reissued: [payoutRequested, payoutFailed, payoutReissued],
  reversed: [...settled, payoutReversed],
  rolled_forward: [rolledForward],
  set_off: [setOff],
  paid_through: [rolledForward, paidThrough],
} as const satisfies Record<string, readonly PayoutEvent[]>;

export type StateName = keyof typeof histories;
export const stateNames = Object.keys(histories) as StateName[];
