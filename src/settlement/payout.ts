import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { PayoutEvent } from '../../events/index.ts';
import type { PayoutPart, PayoutRail } from '../../events/payout/common.ts';
import { type Decision, decided, nothing } from '../platform/decision.ts';
import { payoutIdFor } from '../platform/ids.ts';
import { type Outlay, outlayOf, type PayoutLimits, type Plan, totalOf } from './allocation.ts';
import { blockPayout, type PayoutBlockCommand, unblockPayout } from './decide-block.ts';
import { decideRefusal, type RefusalCommand } from './decide-refusal.ts';
import type { OutcomeCommand } from './payout-commands.ts';
import {
  carriedSettled,
  recordFailure,
  recordPaidThrough,
  recordSettlement,
  recordSubmission,
} from './payout-outcomes.ts';
import { recordReturn, recordReversal } from './payout-returns.ts';
import {
  attemptOf,
  isBlocked,
  type PayoutState,
  type PayoutSubject,
  type PayoutTerms,
  partsOf,
} from './payout-state.ts';

/** A plan, with the id under which the seller's stream holds it where it draws on anything there. */
export type Allocated = Plan & { readonly allocationId?: string };

/** Which rail an attempt takes, and what can be paid on it. */
export type Route = { readonly rail: PayoutRail; readonly limits: PayoutLimits };

export type PayoutCommand =
  | {
      readonly type: 'RequestPayout';
      readonly release: MilestoneReleased;
      readonly plan: Allocated;
      readonly route: Route;
      readonly at: string;
    }
  | {
      readonly type: 'ReissuePayout';
      readonly attempt: number;
      readonly plan: Allocated;
      readonly route: Route;
      readonly at: string;
    }
  | {
      readonly type: 'DeferRetry';
      readonly attempt: number;
      readonly code: string;
      readonly retryAt: string;
    }
  | PayoutBlockCommand
  | RefusalCommand
  | OutcomeCommand;

type CommandOf<T extends PayoutCommand['type']> = Extract<PayoutCommand, { readonly type: T }>;

/** Decides one command against the state of its payout. */
export function decidePayout(command: PayoutCommand, state: PayoutState): Decision<PayoutEvent> {
  switch (command.type) {
    case 'RequestPayout':
      return requestPayout(command, state);
    case 'ReissuePayout':
      return reissuePayout(command, state);
    case 'DeferRetry':
      return deferRetry(command, state);
    case 'BlockPayout':
      return blockPayout(command, state);
    case 'UnblockPayout':
      return unblockPayout(command, state);
    case 'ProposeRefusal':
    case 'ApproveRefusal':
      return decideRefusal(command, state);
    case 'RecordSubmission':
      return recordSubmission(command, state);
    case 'RecordSettlement':
      return recordSettlement(command, state);
    case 'RecordFailure':
      return recordFailure(command, state);
    case 'RecordReturn':
      return recordReturn(command, state);
    case 'RecordReversal':
      return recordReversal(command, state);
    case 'RecordPaidThrough':
      return recordPaidThrough(command, state);
  }
}

/** What a release owes the seller: before anything is kept for a debt or waits with it. */
export const ownPart = (release: MilestoneReleased): PayoutPart => ({
  payoutId: payoutIdFor(release.tradeId, release.milestoneId),
  tradeId: release.tradeId,
  milestoneId: release.milestoneId,
  sellerId: release.sellerId,
  amount: release.net,
});

function requestPayout(
  { release, plan, route, at }: CommandOf<'RequestPayout'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  if (state.status !== 'not_requested' || isBlocked(state)) return nothing;
  const { amount: _, ...subject } = ownPart(release);
  const {
    payoutAccountId: destination,
    sourceChargeId,
    fundsAvailableOn,
    paidByReceipts,
  } = release;
  const source = { sourceChargeId, fundsAvailableOn, paidByReceipts };
  const order = { subject, destination, ...source, plan, route, at };
  const outlay = outlayOf(plan, route.limits);
  if (outlay.kind !== 'pay') return decided(...notPaid({ ...order, attempt: 1 }, outlay));
  return decided(
    { type: 'PayoutRequested', version: 1, ...subject, ...paid(order, outlay) },
    ...leftOver({ ...order, attempt: 1 }, outlay),
  );
}

/** A new attempt, under the next number, once the one before it can't pay any more. */
function reissuePayout(
  { attempt, plan, route, at }: CommandOf<'ReissuePayout'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  const waits = state.status === 'failed' || state.status === 'returned';
  if (!waits || isBlocked(state) || attemptOf(state) + 1 !== attempt) return nothing;
  const { payoutId, tradeId, milestoneId, sellerId, ...terms } = state.terms;
  const { destination, sourceChargeId, availableOn: fundsAvailableOn, paidByReceipts } = terms;
  const subject = { payoutId, tradeId, milestoneId, sellerId };
  const source = { sourceChargeId, fundsAvailableOn, paidByReceipts };
  const order = { subject, destination, ...source, plan, route, at };
  const outlay = outlayOf(plan, route.limits);
  if (outlay.kind !== 'pay') return decided(...notPaid({ ...order, attempt }, outlay));
  return decided(
    { type: 'PayoutReissued', version: 1, ...subject, attempt, ...paid(order, outlay) },
    ...leftOver({ ...order, attempt }, outlay),
  );
}

type Order = {
  readonly subject: PayoutSubject;
  readonly destination: string;
  readonly sourceChargeId: string | undefined;
  readonly fundsAvailableOn: string | undefined;
  readonly paidByReceipts: true | undefined;
  readonly plan: Allocated;
  readonly route: Route;
  readonly at: string;
};

type Paid = Extract<Outlay, { kind: 'pay' }>;

const allocatedIn = ({ allocationId }: Allocated): { readonly allocationId?: string } =>
  allocationId === undefined ? {} : { allocationId };

/** Parts and recoveries are said only where the amount is not just the milestone's own. */
function paid(order: Order, { parts }: Paid) {
  const { subject, destination, plan, route, at } = order;
  const isOwn = parts.length === 1 && parts[0]?.payoutId === subject.payoutId;
  return {
    rail: route.rail,
    destination,
    amount: totalOf(route.limits.minimum.currency, parts),
    ...sourceOf(order, parts),
    ...(route.rail === 'bank_file' ? { requestedAt: at } : {}),
    ...(isOwn ? {} : { parts: [...parts] }),
    ...(plan.recovered.length === 0 ? {} : { recovered: [...plan.recovered] }),
    ...allocatedIn(plan),
  };
}

/**
 * All transfers of a charge must not exceed it: money of another trade is never drawn on it. What is
 * drawn on no charge waits until the provider has the money free: no other trade's pays for it.
 */
function sourceOf(
  { sourceChargeId, fundsAvailableOn, paidByReceipts, route, subject, at }: Order,
  parts: readonly PayoutPart[],
): Pick<PayoutTerms, 'sourceChargeId' | 'availableOn' | 'paidByReceipts'> {
  const isOwn = parts.every(({ tradeId }) => tradeId === subject.tradeId);
  if (route.rail !== 'stripe_transfer') return {};
  if (paidByReceipts === true) return { paidByReceipts };
  if (sourceChargeId !== undefined && isOwn) return { sourceChargeId };
  const isFree = fundsAvailableOn === undefined || fundsAvailableOn <= at;
  return isFree ? {} : { availableOn: fundsAvailableOn };
}

function leftOver(
  { subject: { payoutId }, destination, attempt }: Order & { readonly attempt: number },
  { rest }: Paid,
): readonly PayoutEvent[] {
  return rest.length === 0
    ? []
    : [{ type: 'PayoutLeftOver', version: 1, payoutId, attempt, destination, parts: [...rest] }];
}

/** Nothing is paid now: it waits for the seller's next payout, or all of it was kept for debts. */
function notPaid(
  { subject, destination, plan, attempt, at }: Order & { readonly attempt: number },
  outlay: Exclude<Outlay, Paid>,
): readonly PayoutEvent[] {
  const parts = [...plan.parts];
  const recovered = [...plan.recovered];
  if (outlay.kind === 'set_off') {
    const setOff: PayoutEvent = {
      ...{ type: 'PayoutSetOff', version: 1, ...subject, attempt },
      ...{ parts, recovered, ...allocatedIn(plan), setOffAt: at },
    };
    return [setOff, ...carriedSettled({ payoutId: subject.payoutId, parts, at })];
  }
  const { minimum } = outlay;
  return [
    {
      ...{ type: 'PayoutRolledForward', version: 1, ...subject, destination, attempt },
      ...{ reason: 'below_minimum', minimum, amount: totalOf(minimum.currency, parts), parts },
      ...(recovered.length === 0 ? {} : { recovered }),
      ...{ ...allocatedIn(plan), rolledForwardAt: at },
    },
  ];
}

function deferRetry(
  { attempt, code, retryAt }: CommandOf<'DeferRetry'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  const waits = state.status === 'failed' || state.status === 'returned';
  if (!waits || attemptOf(state) !== attempt) return nothing;
  const { payoutId } = state.terms;
  return decided({ type: 'PayoutRetryDeferred', version: 1, payoutId, attempt, code, retryAt });
}

/** The parts that a next attempt owes: all that the last one would have paid. */
export const owedParts = (
  state: Extract<PayoutState, { status: 'failed' | 'returned' }>,
): readonly [PayoutPart, ...PayoutPart[]] =>
  partsOf(state.terms) as readonly [PayoutPart, ...PayoutPart[]];
