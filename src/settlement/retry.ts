import type { Owner } from '../platform/execute.ts';
import { attemptIdFor } from '../platform/ids.ts';
import { allocate, releaseUnused } from './allocate.ts';
import { attemptIdOf, obstacleTo, submitAttempt } from './attempt.ts';
import { routeFor } from './corridors.ts';
import { blockAmong, holdBack } from './hold-back.ts';
import { owedParts, type Route } from './payout.ts';
import { attemptOf, isBlocked, type PayoutState } from './payout-state.ts';
import type { Readiness } from './ports.ts';
import {
  loadPayout,
  type PayoutContext,
  type PayoutOutcome,
  runPayout,
  type SettlementPorts,
} from './run.ts';
import { recordProviderTransfer } from './settle.ts';

const MILLISECONDS_PER_SECOND = 1_000;
/** How long a payout that still can't be made rests before it is looked at again. */
const RECHECK_SECONDS = 86_400;

type Waiting = Extract<PayoutState, { status: 'failed' | 'returned' }>;
type Owned = PayoutContext & { readonly owner: Owner };

/** What makes us look again: the account changed, or the day is over. */
export type RetryTrigger = 'account_changed' | 'recheck';

/**
 * Tries a payout again that failed or came back, if it can be paid now. Another attempt is made only
 * when the old one is old enough that no worker can still be sending it, and its rail says that it is
 * over; one that turns out to be there goes on instead.
 */
export async function retryPayout(
  ports: SettlementPorts,
  { payoutId, cause }: Omit<PayoutContext, 'owner'>,
  trigger: RetryTrigger,
): Promise<PayoutOutcome> {
  const { state, records } = await loadPayout(ports, payoutId);
  const [owner] = records;
  if (owner === undefined) return notRequested(state, payoutId);
  const context = { payoutId, cause, owner };
  if (state.status === 'requested') return submitAttempt(ports, context, state);
  if (state.status !== 'failed' && state.status !== 'returned') return { kind: 'unchanged', state };
  // The end of the block tries it again.
  if (isBlocked(state)) return { kind: 'unchanged', state };
  if (!isOldEnough(ports, state)) return tooFresh(state);

  const obstacle = await obstacleNow(ports, state, owner);
  if (obstacle !== undefined) return postpone(ports, context, { state, obstacle, trigger });
  const own = owedParts(state);
  const block = await blockAmong(ports, own);
  if (block !== undefined) return holdBack(ports, context, { ...block, own });
  const attempt = attemptIdOf(state.terms, owner);
  const rail = ports.rails[state.terms.rail];
  if (await rail.isOver(attempt)) return reissue(ports, context, state);
  const transfer = await rail.find(attempt);
  return transfer === undefined || state.terms.rail === 'bank_file'
    ? notOver(state)
    : recordProviderTransfer(ports, context, transfer);
}

const isOldEnough = ({ now, retryPauseSeconds }: SettlementPorts, { at }: Waiting): boolean =>
  now().getTime() - Date.parse(at) >= retryPauseSeconds * MILLISECONDS_PER_SECOND;

/**
 * What the bank refused for its account it will refuse again, until the seller names another. Where the
 * reason was another, as our own balance, the same account is paid.
 */
async function obstacleNow(
  ports: SettlementPorts,
  state: Waiting,
  owner: Owner,
): Promise<string | undefined> {
  const { terms, accountReference } = state;
  if (terms.rail !== 'bank_file') return obstacleTo(ports, terms, owner);
  const { destination, amount } = terms;
  const readiness: Readiness = await ports.rails.bank_file.check({
    ...{ destination, amount, marketplaceId: owner.marketplaceId },
  });
  if (readiness.kind === 'blocked') return readiness.code;
  const isAtFault = state.status !== 'failed' || state.accountAtFault !== false;
  return isAtFault && readiness.accountReference === accountReference
    ? 'account_unchanged'
    : undefined;
}

/** Each look of the day is recorded, so that the reason can be seen; a false alarm is not. */
function postpone(
  ports: SettlementPorts,
  context: Owned,
  {
    state,
    obstacle: code,
    trigger,
  }: { readonly state: Waiting; readonly obstacle: string; readonly trigger: RetryTrigger },
): PayoutOutcome | Promise<PayoutOutcome> {
  if (trigger === 'account_changed') return { kind: 'unchanged', state };
  const retryAt = new Date(ports.now().getTime() + RECHECK_SECONDS * MILLISECONDS_PER_SECOND);
  return runPayout(ports, context, {
    type: 'DeferRetry',
    attempt: attemptOf(state),
    code,
    retryAt: retryAt.toISOString(),
  });
}

async function reissue(
  ports: SettlementPorts,
  context: Owned,
  state: Waiting,
): Promise<PayoutOutcome> {
  const { destination } = state.terms;
  const own = owedParts(state);
  const order = { attempt: attemptOf(state) + 1, destination, own };
  const plan = await allocate(ports, context, order);
  const reissued = await runPayout(
    ports,
    { ...context, cause: `${context.cause}/${attemptIdFor(context.payoutId, order.attempt)}` },
    {
      type: 'ReissuePayout',
      attempt: order.attempt,
      plan,
      route: await routeAgain(ports, state),
      at: ports.now().toISOString(),
    },
  );
  if (reissued.kind !== 'appended') await releaseUnused(ports, context, order);
  return reissued.state.status === 'requested'
    ? submitAttempt(ports, context, reissued.state)
    : reissued;
}

/**
 * The rail stays, since the account does. The least of its corridor was met once, and is looked at again:
 * debts may have come since.
 */
async function routeAgain(
  { corridors, rails, sellerCountryOf }: SettlementPorts,
  { terms }: Waiting,
): Promise<Route> {
  const { rail, destination: payoutAccountId, amount } = terms;
  const { currency } = amount;
  const country = await sellerCountryOf(terms.tradeId);
  const route = routeFor(corridors, { country, currency, payoutAccountId });
  const minimum = route?.minimum ?? { currency, amountMinor: 0n };
  return { rail, limits: { minimum, stepMinor: rails[rail].stepMinor(currency) } };
}

const notRequested = (state: PayoutState, payoutId: string): PayoutOutcome => ({
  kind: 'too_early',
  state,
  code: 'payout.not_requested',
  detail: `${payoutId} is not requested yet.`,
});

const tooFresh = (state: PayoutState): PayoutOutcome => ({
  kind: 'too_early',
  state,
  code: 'payout.retry_pause',
  detail: 'The failure is so fresh that a worker may still be busy with the attempt.',
});

const notOver = (state: PayoutState): PayoutOutcome => ({
  kind: 'too_early',
  state,
  code: 'payout.attempt_not_over',
  detail: 'The rail may still pay the attempt that failed.',
});
