import type { PayoutEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import type { PayoutBlocked } from '../../events/payout/payout-blocked.v1.ts';
import type { PayoutRequested } from '../../events/payout/payout-requested.v1.ts';
import type { PayoutReversed } from '../../events/payout/payout-reversed.v1.ts';
import { type Money, zero } from '../money/money.ts';
import type { Evolution } from '../platform/decision.ts';
import { assertInvariant } from '../platform/errors.ts';

/** What a payout is for, as its latest attempt was requested. Without `attempt` it is the first. */
export type PayoutTerms = Omit<PayoutRequested, 'type' | 'version'> & { readonly attempt?: number };

/** What stays the same whatever became of the money. */
export type PayoutSubject = Pick<
  PayoutTerms,
  'payoutId' | 'tradeId' | 'milestoneId' | 'sellerId' | 'attempt'
>;

type Sent = { readonly terms: PayoutTerms; readonly transferId: string };

/**
 * A payout's life: a chain of attempts, of which at most one can pay. `requested` is also the state of
 * not knowing: whether the provider has taken an attempt is asked before anything else is done.
 */
export type PayoutState = PayoutStage & {
  /** What earlier attempts had paid and what came back: late news of it changes nothing. */
  readonly returnedTransferIds?: readonly string[];
  /** What of it is blocked, by trade: nothing is sent while anything is. */
  readonly blocks?: readonly PayoutBlock[];
};

/** So much of a payout is owed of a trade whose funds are blocked. */
export type PayoutBlock = Pick<PayoutBlocked, 'caseId' | 'blockedTradeId' | 'parts'>;

type PayoutStage =
  | { readonly status: 'not_requested' }
  | { readonly status: 'requested'; readonly terms: PayoutTerms }
  | ({
      readonly status: 'submitted';
      readonly accountReference?: string;
      /** Somebody has said that the bank refused it, and nobody else has agreed yet. */
      readonly refusal?: {
        readonly code: string;
        readonly by: string;
        /** Whether another payment to the same account would be refused as well. */
        readonly accountAtFault: boolean;
      };
    } & Sent)
  | ({ readonly status: 'settled'; readonly reversed?: Money } & Sent)
  | {
      readonly status: 'failed';
      readonly terms: PayoutTerms;
      readonly code: string;
      readonly at: string;
      readonly accountReference?: string;
      /** The payment that the bank refused; none where it never got as far. */
      readonly refusedTransferId?: string;
      /** Nothing speaks against paying the same account again. */
      readonly accountAtFault?: false;
    }
  | ({
      readonly status: 'returned';
      readonly code: string;
      readonly at: string;
      readonly accountReference?: string;
    } & Sent)
  | {
      readonly status: 'rolled_forward';
      readonly subject: PayoutSubject;
      readonly parts: readonly PayoutPart[];
    }
  | {
      readonly status: 'set_off';
      readonly subject: PayoutSubject;
      readonly parts: readonly PayoutPart[];
    }
  | {
      readonly status: 'paid_through';
      readonly subject: PayoutSubject;
      readonly carrierPayoutId: string;
    };

/** True where nothing of the payout may be sent. */
export const isBlocked = ({ blocks }: PayoutState): boolean => blocks !== undefined;

export type PayoutStatus = PayoutState['status'];

/** The number of the latest attempt; 1 where none was made. */
export const attemptOf = (state: PayoutState): number =>
  ('terms' in state ? state.terms.attempt : 'subject' in state ? state.subject.attempt : 1) ?? 1;

/** What the amount of the latest attempt is made of. */
export const partsOf = ({ parts, amount, ...own }: PayoutTerms): readonly PayoutPart[] => {
  if (parts !== undefined) return parts;
  const { payoutId, tradeId, milestoneId, sellerId } = own;
  return [{ payoutId, tradeId, milestoneId, sellerId, amount }];
};

function expectStatus<S extends PayoutStatus>(
  state: PayoutState,
  { type }: PayoutEvent,
  ...allowed: readonly S[]
): Extract<PayoutState, { status: S }> {
  assertInvariant(
    (allowed as readonly string[]).includes(state.status),
    'payout.illegal_history',
    `${type} cannot follow ${state.status}.`,
  );
  return state as Extract<PayoutState, { status: S }>;
}

function expectTransfer(
  { transferId }: { readonly transferId: string },
  event: Extract<PayoutEvent, { readonly transferId: string }>,
): void {
  assertInvariant(
    transferId === event.transferId,
    'payout.illegal_history',
    `${event.type} names another transfer than was submitted.`,
  );
}

/** What may follow a payment that came back. */
const goesOn: ReadonlySet<PayoutEvent['type']> = new Set([
  ...(['PayoutReissued', 'PayoutRolledForward', 'PayoutSetOff'] as const),
]);

/** The state of a payout after one of its events. */
export function evolvePayout(state: PayoutState, event: PayoutEvent): PayoutState {
  const { returnedTransferIds: earlier = [] } = state;
  const isGoneOn = goesOn.has(event.type) && 'transferId' in state;
  const returnedTransferIds = isGoneOn ? [...earlier, state.transferId] : earlier;
  const blocks = blocksAfter(state, event);
  const { blocks: _, ...next } = evolveStage(state, event);
  return {
    ...next,
    ...(returnedTransferIds.length === 0 ? {} : { returnedTransferIds }),
    ...(blocks.length === 0 ? {} : { blocks }),
  };
}

function blocksAfter({ blocks = [] }: PayoutState, event: PayoutEvent): readonly PayoutBlock[] {
  if (event.type !== 'PayoutBlocked' && event.type !== 'PayoutUnblocked') return blocks;
  const { caseId, blockedTradeId, parts } = event;
  const others = blocks.filter((block) => block.blockedTradeId !== blockedTradeId);
  const isOther = others.length === blocks.length;
  const isBlocked = event.type === 'PayoutBlocked';
  assertInvariant(
    isOther === isBlocked,
    'payout.illegal_history',
    `${event.type} of ${blockedTradeId} cannot follow in this stream.`,
  );
  return isBlocked ? [...others, { caseId, blockedTradeId, parts }] : others;
}

function evolveStage(state: PayoutState, event: PayoutEvent): PayoutState {
  switch (event.type) {
    case 'PayoutRequested': {
      expectStatus(state, event, 'not_requested');
      const { type: _, version: __, ...terms } = event;
      return { status: 'requested', terms };
    }
    case 'PayoutReissued': {
      expectStatus(state, event, 'failed', 'returned');
      const { type: _, version: __, ...terms } = event;
      return { status: 'requested', terms };
    }
    case 'PayoutSubmitted': {
      const { terms } = expectStatus(state, event, 'requested');
      const { transferId, accountReference } = event;
      return { status: 'submitted', terms, transferId, ...optional({ accountReference }) };
    }
    case 'PayoutSettled': {
      const { refusal: _, ...submitted } = expectStatus(state, event, 'submitted');
      expectTransfer(submitted, event);
      return { ...submitted, status: 'settled' };
    }
    case 'PayoutLeftOver':
      return expectStatus(state, event, 'requested');
    case 'CarriedPayoutsSettled':
      return expectStatus(state, event, 'settled', 'set_off');
    default:
      return evolveTrouble(state, event);
  }
}

type TroubleEvent = Exclude<
  PayoutEvent,
  {
    type:
      | 'PayoutRequested'
      | 'PayoutReissued'
      | 'PayoutSubmitted'
      | 'PayoutSettled'
      | 'PayoutLeftOver'
      | 'CarriedPayoutsSettled';
  }
>;

function evolveTrouble(state: PayoutState, event: TroubleEvent): PayoutState {
  switch (event.type) {
    case 'PayoutFailed': {
      const { terms, ...sent } = expectStatus(state, event, 'requested', 'submitted');
      const accountReference = 'accountReference' in sent ? sent.accountReference : undefined;
      const { code, failedAt: at, transferId, accountAtFault } = event;
      return {
        ...{ status: 'failed', terms, code, at, ...optional({ accountReference }) },
        ...(transferId === undefined ? {} : { refusedTransferId: transferId }),
        ...(accountAtFault === false ? { accountAtFault } : {}),
      };
    }
    case 'PayoutRefusalProposed': {
      const submitted = expectStatus(state, event, 'submitted');
      expectTransfer(submitted, event);
      const { code, proposedBy: by, accountAtFault = true } = event;
      return { ...submitted, refusal: { code, by, accountAtFault } };
    }
    case 'PayoutReturned': {
      const { reversed: _, ...settled } = expectStatus(state, event, 'settled');
      expectTransfer(settled, event);
      return { ...settled, status: 'returned', code: event.code, at: event.returnedAt };
    }
    case 'PayoutReversed':
      return reversed(expectStatus(state, event, 'settled'), event);
    case 'PayoutRetryDeferred':
      return expectStatus(state, event, 'failed', 'returned');
    case 'PayoutRolledForward':
    case 'PayoutSetOff': {
      expectStatus(state, event, 'not_requested', 'failed', 'returned');
      const { payoutId, tradeId, milestoneId, sellerId, attempt, parts } = event;
      const subject = { payoutId, tradeId, milestoneId, sellerId, attempt };
      const status = event.type === 'PayoutSetOff' ? 'set_off' : 'rolled_forward';
      return { status, subject, parts };
    }
    case 'PayoutBlocked':
    case 'PayoutUnblocked':
      return expectStatus(state, event, 'not_requested', 'failed', 'returned');
    case 'PayoutSentBeforeBlock':
      return expectStatus(state, event, 'submitted', 'settled');
    case 'PayoutPaidThrough': {
      const { subject } = expectStatus(state, event, 'rolled_forward');
      return { status: 'paid_through', subject, carrierPayoutId: event.carrierPayoutId };
    }
  }
}

function reversed(
  settled: Extract<PayoutState, { status: 'settled' }>,
  event: PayoutReversed,
): PayoutState {
  expectTransfer(settled, event);
  const before = settled.reversed ?? zero(settled.terms.amount.currency);
  const { totalReversed, amount } = event;
  assertInvariant(
    before.amountMinor + amount.amountMinor === totalReversed.amountMinor,
    'payout.illegal_history',
    `${event.type} does not add up.`,
  );
  return { ...settled, reversed: totalReversed };
}

const optional = ({
  accountReference,
}: {
  readonly accountReference: string | undefined;
}): { readonly accountReference?: string } =>
  accountReference === undefined ? {} : { accountReference };

/** The rules of the payout stream. */
export const payoutEvolution: Evolution<PayoutState, PayoutEvent> = {
  initial: { status: 'not_requested' },
  evolve: evolvePayout,
};
