import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { EscrowEvent, PayoutEvent } from '../../events/index.ts';
import type { Terms } from '../escrow/state.ts';
import { type Money, sum, zero } from '../money/money.ts';
import type { EventRecord } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { payoutIdFor } from '../platform/ids.ts';
import {
  attemptOf,
  isBlocked,
  type PayoutState,
  payoutEvolution,
} from '../settlement/payout-state.ts';
import type { Settlement } from './finance-views.ts';
import { ON_HOLD, reasonOf } from './payout-view.ts';

type Records = readonly EventRecord<PayoutEvent>[];
type Stage = Omit<
  Settlement,
  'payoutId' | 'tradeId' | 'marketplaceId' | 'milestoneId' | 'payoutAccountId' | 'version'
>;

const FIRST_ATTEMPT = 1;

/** What a record releases is due, until its payout says more. */
export const settlementsOfRelease = (
  {
    events,
    tradeId,
    marketplaceId,
  }: Pick<TradelaneRecord, 'tradeId' | 'marketplaceId'> & {
    readonly events: readonly EscrowEvent[];
  },
  { reference }: Pick<Terms, 'reference'>,
): readonly Settlement[] =>
  events
    .filter((event) => event.type === 'MilestoneReleased')
    .map(({ milestoneId, payoutAccountId, net, releasedAt, fundsAvailableOn = releasedAt }) => ({
      ...{ payoutId: payoutIdFor(tradeId, milestoneId), tradeId, marketplaceId, milestoneId },
      ...{ payoutAccountId, state: 'due', version: 0, at: fundsAvailableOn, amount: net },
      attempt: FIRST_ATTEMPT,
      ...(reference === undefined ? {} : { reference }),
    }));

/** A payout after all records of its stream; undefined where it has none. */
export function settlementOfPayout(
  records: Records,
  { reference, seller: { payoutAccountId } }: Pick<Terms, 'reference' | 'seller'>,
): Settlement | undefined {
  const state = fold(payoutEvolution, records);
  const last = records.at(-1);
  if (last === undefined) return undefined;
  const { tradeId, marketplaceId, sequence } = last;
  const common = {
    ...{ tradeId, marketplaceId, payoutAccountId, version: sequence },
    ...(reference === undefined ? {} : { reference }),
  };
  if (state.status === 'not_requested') {
    const held = heldBefore(state, records);
    return held === undefined ? undefined : { ...common, ...held };
  }
  const { payoutId, milestoneId } = 'terms' in state ? state.terms : state.subject;
  const stage = stageOf(state, records);
  return {
    ...{ payoutId, milestoneId, ...common, ...stage },
    ...(isBlocked(state) ? { state: 'on_hold', code: ON_HOLD, at: blockChangeOf(records).at } : {}),
  };
}

/** What was blocked before it was asked for, and due again once that was lifted. */
function heldBefore(
  state: PayoutState,
  records: Records,
): (Stage & Pick<Settlement, 'payoutId' | 'milestoneId'>) | undefined {
  const { at, payoutId, parts } = blockChangeOf(records);
  const own = parts.find((part) => part.payoutId === payoutId);
  if (own === undefined) return undefined;
  const { milestoneId, amount } = own;
  const held = { payoutId, milestoneId, amount, at, attempt: FIRST_ATTEMPT };
  return isBlocked(state)
    ? { ...held, state: 'on_hold', code: ON_HOLD }
    : { ...held, state: 'due' };
}

/** The latest block of a payout, or its end: when, and of which money. */
function blockChangeOf(records: Records) {
  const last = eventsOf(records).findLast(
    (event) => event.type === 'PayoutBlocked' || event.type === 'PayoutUnblocked',
  );
  if (last === undefined) return { at: '', payoutId: '', parts: [] };
  const { payoutId, parts } = last;
  return { payoutId, parts, at: last.type === 'PayoutBlocked' ? last.blockedAt : last.unblockedAt };
}

type Started = Exclude<PayoutState, { status: 'not_requested' }>;

function stageOf(state: Started, records: Records): Stage {
  const { at, batchId } = latestOf(records);
  const since = { at, attempt: attemptOf(state), ...nettedOf(records) };
  if (!('terms' in state)) return { ...since, ...withoutPayment(state, records) };
  const { rail, amount, availableOn } = state.terms;
  const common = { ...since, rail, amount };
  switch (state.status) {
    case 'requested':
      return availableOn === undefined
        ? { ...common, state: 'initiated' }
        : { ...common, state: 'due', at: availableOn };
    case 'submitted': {
      const { transferId } = state;
      const batch = batchId === undefined ? {} : { batchId };
      return { ...common, state: 'in_transit', transferId, ...batch };
    }
    case 'settled': {
      const { transferId, reversed } = state;
      return { ...common, state: 'paid', transferId, ...(reversed ? { reversed } : {}) };
    }
    case 'failed':
      return { ...common, state: 'failed', at: state.at, code: reasonOf(state.code) };
    case 'returned': {
      const { transferId, code } = state;
      return { ...common, state: 'returned', at: state.at, transferId, code };
    }
  }
}

/** What was not paid by itself: kept, waiting for another payout, or gone with one. */
function withoutPayment(
  state: Exclude<Started, { terms: unknown }>,
  records: Records,
): Pick<Settlement, 'state' | 'amount' | 'carrierPayoutId'> {
  if (state.status === 'paid_through') {
    const amount = carriedAmount(records);
    return { state: 'paid_through', amount, carrierPayoutId: state.carrierPayoutId };
  }
  if (state.status === 'rolled_forward')
    return { state: 'carried', amount: carriedAmount(records) };
  return { state: 'netted', amount: zero(state.parts[0]?.amount.currency ?? 'EUR') };
}

const eventsOf = (records: Records): readonly PayoutEvent[] =>
  records.flatMap(({ events }) => events);

function carriedAmount(records: Records): Money {
  const carried = eventsOf(records).findLast((event) => event.type === 'PayoutRolledForward');
  if (carried !== undefined) return carried.amount;
  throw new TypeError('A payout that is carried was never rolled forward.');
}

/** Whether an event says how a payout is to be made, and so what of it is kept. */
const isPlanned = (
  event: PayoutEvent,
): event is Extract<
  PayoutEvent,
  { type: 'PayoutRequested' | 'PayoutReissued' | 'PayoutRolledForward' | 'PayoutSetOff' }
> =>
  ['PayoutRequested', 'PayoutReissued', 'PayoutRolledForward', 'PayoutSetOff'].includes(event.type);

/** What the latest attempt kept for the seller's debts. */
function nettedOf(records: Records): Pick<Settlement, 'netted'> {
  const events = eventsOf(records);
  const { recovered = [] } = events.findLast(isPlanned) ?? {};
  const [first] = recovered;
  if (first === undefined) return {};
  const amounts = recovered.map(({ amount }) => amount);
  return { netted: sum(first.amount.currency, amounts) };
}

/** When the latest of the events came that move a payout on, and the batch it names. */
function latestOf(records: Records): {
  readonly at: string;
  readonly batchId?: string | undefined;
} {
  for (const { events, recordedAt } of records.toReversed()) {
    for (const event of events.toReversed()) {
      const moved = movedBy(event, recordedAt);
      if (moved !== undefined) return moved;
    }
  }
  throw new TypeError('A payout has no event that began it.');
}

/** What is left over, taken back or put off leaves a payout where it stands. */
function movedBy(event: PayoutEvent, recordedAt: string): ReturnType<typeof latestOf> | undefined {
  switch (event.type) {
    case 'PayoutRequested':
    case 'PayoutReissued':
      return { at: recordedAt };
    case 'PayoutSubmitted':
      return { at: event.submittedAt, batchId: event.batchId };
    case 'PayoutSettled':
      return { at: event.settledAt };
    case 'PayoutFailed':
      return { at: event.failedAt };
    case 'PayoutReturned':
      return { at: event.returnedAt };
    case 'PayoutRolledForward':
      return { at: event.rolledForwardAt };
    case 'PayoutSetOff':
      return { at: event.setOffAt };
    case 'PayoutPaidThrough':
      return { at: event.paidAt };
    default:
      return undefined;
  }
}
