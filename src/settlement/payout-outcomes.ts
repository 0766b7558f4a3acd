import type { PayoutEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import { type Decision, decided, nothing, rejected, tooEarly } from '../platform/decision.ts';
import type { CommandOf, StateOf } from './payout-commands.ts';
import {
  attemptOf,
  type PayoutBlock,
  type PayoutState,
  type PayoutTerms,
  partsOf,
} from './payout-state.ts';

/** News of a payout that is not known yet. */
export const early = (): Decision<never> =>
  tooEarly('payout.not_requested', 'A transfer exists for a payout that is not requested yet.');

/** A person must look: at most one transfer may pay. */
export const secondTransfer = (known: string, reported: string): Decision<never> =>
  rejected('payout.second_transfer', `Transfer ${reported} was reported beside ${known}.`);

/** Money moved where none should. */
export const paysNothing = ({ status }: PayoutState): Decision<never> =>
  rejected(`payout.unexpected_${status}`, `Money moved for a payout that is ${status}.`);

/** Told again, or told of another one. */
export const sameTransfer = (known: string, reported: string): Decision<never> =>
  known === reported ? nothing : secondTransfer(known, reported);

/**
 * A failed attempt that the provider had taken after all goes on as the next one, with the transfer
 * that is there: the money is booked again, and no other transfer is made. It is to the account of before.
 */
export function recordSubmission(
  command: CommandOf<'RecordSubmission'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  switch (state.status) {
    case 'not_requested':
      return early();
    case 'requested':
    case 'failed': {
      const { attempt = 1, transferId } = command;
      // That it was sent is known, and was before the bank refused it.
      if (isRefused(state, transferId)) return nothing;
      if (attempt !== attemptOf(state)) return anotherAttempt(transferId);
      return decided(...adopted(state, command), submitted(command, state));
    }
    case 'submitted':
    case 'settled':
    case 'returned':
      return sameTransfer(state.transferId, command.transferId);
    default:
      return paysNothing(state);
  }
}

/** True for what an earlier attempt paid and the bank gave back: that story is told to its end. */
export const cameBackBefore = (
  { returnedTransferIds = [] }: PayoutState,
  transferId: string,
): boolean => returnedTransferIds.includes(transferId);

/** True of a payment that the bank has refused, as far as we know. */
export const isRefused = (state: PayoutState, transferId: string): boolean =>
  state.status === 'failed' && state.refusedTransferId === transferId;

const anotherAttempt = (transferId: string): Decision<never> =>
  rejected('payout.second_transfer', `Transfer ${transferId} is of another attempt.`);

/** The terms under which a requested or failed attempt is sent. */
const goingOn = (state: StateOf<'requested' | 'failed'>): PayoutTerms =>
  state.status === 'requested' ? state.terms : { ...state.terms, attempt: attemptOf(state) + 1 };

/**
 * The failure of an attempt is taken back by requesting its very terms again. What was blocked of it had
 * been sent before.
 */
function adopted(
  state: StateOf<'requested' | 'failed'>,
  { at }: { readonly at: string },
): readonly PayoutEvent[] {
  if (state.status === 'requested') return [];
  const { recovered: _, allocationId: __, ...terms } = state.terms;
  return [
    ...(state.blocks ?? []).map((block) =>
      unblocked(terms.payoutId, block, { reason: 'already_sent', at }),
    ),
    { type: 'PayoutReissued', version: 1, ...terms, attempt: attemptOf(state) + 1 },
  ];
}

/** What was blocked of a payout is owed to the seller again. */
export const unblocked = (
  payoutId: string,
  { caseId, blockedTradeId, parts }: PayoutBlock,
  { reason, at }: { readonly reason: 'unblocked' | 'already_sent'; readonly at: string },
): PayoutEvent => ({
  ...{ type: 'PayoutUnblocked', version: 1, payoutId, caseId, blockedTradeId },
  ...{ parts: [...parts], reason, unblockedAt: at },
});

function submitted(
  { transferId, batchId, at, ...told }: Omit<CommandOf<'RecordSubmission'>, 'type'>,
  state: StateOf<'requested' | 'failed'>,
): PayoutEvent {
  const terms = goingOn(state);
  const before = state.status === 'failed' ? state.accountReference : undefined;
  const { accountReference = before } = told;
  const { payoutId } = terms;
  return {
    ...{ type: 'PayoutSubmitted', version: 1, payoutId, transferId, submittedAt: at },
    ...attempted(terms),
    ...(batchId === undefined ? {} : { batchId }),
    ...(accountReference === undefined ? {} : { accountReference }),
  };
}

const attempted = ({ attempt }: PayoutTerms): { readonly attempt?: number } =>
  attempt === undefined ? {} : { attempt };

/** Confirmation may overtake our own record of the submission; then both are recorded at once. */
export function recordSettlement(
  command: CommandOf<'RecordSettlement'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  const { transferId } = command;
  if (cameBackBefore(state, transferId)) return nothing;
  switch (state.status) {
    case 'not_requested':
      return early();
    case 'requested':
    case 'failed': {
      const isLatest = (command.attempt ?? 1) === attemptOf(state);
      if (!isLatest && !isRefused(state, transferId)) return anotherAttempt(transferId);
      return decided(
        ...adopted(state, command),
        submitted(command, state),
        ...settled(command, goingOn(state)),
      );
    }
    case 'submitted':
      if (state.transferId !== transferId) return secondTransfer(state.transferId, transferId);
      return decided(...settled(command, state.terms));
    case 'settled':
    case 'returned':
      return sameTransfer(state.transferId, transferId);
    default:
      return paysNothing(state);
  }
}

/** The events of a payout that is paid. */
export function settled(
  { transferId, at }: Pick<CommandOf<'RecordSettlement'>, 'transferId' | 'at'>,
  terms: PayoutTerms,
): readonly PayoutEvent[] {
  const { payoutId, tradeId, milestoneId, amount, rail } = terms;
  return [
    {
      ...{ type: 'PayoutSettled', version: 1, payoutId, tradeId, milestoneId, transferId, amount },
      settledAt: at,
      ...(rail === 'stripe_transfer' ? {} : { rail }),
      ...attempted(terms),
    },
    ...carriedSettled({ payoutId, parts: partsOf(terms), at }),
  ];
}

/** Tells the payouts that this one carried; nothing where it carried none. */
export function carriedSettled({
  payoutId,
  parts,
  at,
}: {
  readonly payoutId: string;
  readonly parts: readonly PayoutPart[];
  readonly at: string;
}): readonly PayoutEvent[] {
  const carried = parts.filter((part) => part.payoutId !== payoutId);
  return carried.length === 0
    ? []
    : [{ type: 'CarriedPayoutsSettled', version: 1, payoutId, carried, settledAt: at }];
}

/**
 * Before any money has left. What has left can only be returned. A payment is meant by its own id, also
 * where a later attempt goes on with it.
 */
export function recordFailure(
  { attempt, code, transferId, accountAtFault, agreed, at }: CommandOf<'RecordFailure'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  if (state.status === 'not_requested') return early();
  const isMeant = 'transferId' in state && state.transferId === transferId;
  const isOld = attemptOf(state) > attempt && !isMeant;
  if (isOld || state.status === 'failed') return nothing;
  if (state.status !== 'requested' && state.status !== 'submitted') {
    return rejected(
      `payout.cannot_fail_${state.status}`,
      `Only what has not been paid can fail; this payout is ${state.status}.`,
    );
  }
  const { payoutId, tradeId, milestoneId, sellerId, destination, rail, amount, parts } =
    state.terms;
  return decided({
    ...{ type: 'PayoutFailed', version: 1, payoutId, tradeId, milestoneId, sellerId },
    ...{
      destination,
      attempt: attemptOf(state),
      rail,
      amount,
      ...(parts === undefined ? {} : { parts }),
      code,
      ...(transferId === undefined ? {} : { transferId }),
      ...(accountAtFault === false ? { accountAtFault } : {}),
      ...agreed,
      failedAt: at,
    },
  });
}

/** Only what waited can be paid with another; a payout that was paid itself has nothing to add. */
export function recordPaidThrough(
  { carrierPayoutId, at }: CommandOf<'RecordPaidThrough'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  if (state.status === 'not_requested') return early();
  if (state.status !== 'rolled_forward') return nothing;
  const { payoutId, tradeId, milestoneId, attempt = 1 } = state.subject;
  return decided({
    ...{ type: 'PayoutPaidThrough', version: 1, payoutId, tradeId, milestoneId },
    ...{ carrierPayoutId, ...(attempt === 1 ? {} : { attempt }), paidAt: at },
  });
}
