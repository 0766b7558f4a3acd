import type { PayoutEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import { type Decision, decided, nothing } from '../platform/decision.ts';
import { recordFailure, unblocked } from './payout-outcomes.ts';
import { attemptOf, type PayoutState, partsOf } from './payout-state.ts';

/** Why an attempt that was not sent is not sent. */
export const FUNDS_BLOCKED = 'payout.funds_blocked';

export type PayoutBlockCommand =
  | {
      readonly type: 'BlockPayout';
      readonly payoutId: string;
      readonly caseId: string;
      readonly blockedTradeId: string;
      /** What the payout is to pay, where it is not requested yet. */
      readonly own: readonly PayoutPart[];
      readonly at: string;
    }
  | {
      readonly type: 'UnblockPayout';
      readonly payoutId: string;
      readonly caseId: string;
      readonly blockedTradeId: string;
      readonly at: string;
    };

type CommandOf<T extends PayoutBlockCommand['type']> = Extract<
  PayoutBlockCommand,
  { readonly type: T }
>;

/**
 * Blocks what a payout owes of a trade. Whoever says so has asked the rail: a requested attempt is not
 * there, and fails. What was sent is not taken back, and that is recorded. What waits for the seller's
 * next payout is blocked where it waits, in the seller's stream.
 */
export function blockPayout(
  command: CommandOf<'BlockPayout'>,
  state: PayoutState,
): Decision<PayoutEvent> {
  const { caseId, blockedTradeId, own, at } = command;
  if (state.blocks?.some((block) => block.blockedTradeId === blockedTradeId)) return nothing;
  switch (state.status) {
    case 'not_requested':
      return decided(...blocked(command, own));
    case 'requested': {
      const failure = { attempt: attemptOf(state), code: FUNDS_BLOCKED, at } as const;
      const failed = recordFailure({ type: 'RecordFailure', ...failure }, state);
      if (failed.kind !== 'decided') return failed;
      return decided(...failed.events, ...blocked(command, partsOf(state.terms)));
    }
    case 'failed':
    case 'returned':
      return decided(...blocked(command, partsOf(state.terms)));
    case 'submitted':
    case 'settled': {
      const { payoutId, tradeId, milestoneId, amount } = state.terms;
      return decided({
        ...{ type: 'PayoutSentBeforeBlock', version: 1, payoutId, tradeId, milestoneId },
        ...{ caseId, transferId: state.transferId, amount, notedAt: at },
      });
    }
    default:
      return nothing;
  }
}

const blocked = (
  { payoutId, caseId, blockedTradeId, at }: CommandOf<'BlockPayout'>,
  parts: readonly PayoutPart[],
): readonly PayoutEvent[] => [
  {
    ...{ type: 'PayoutBlocked', version: 1, payoutId, caseId, blockedTradeId },
    ...{ parts: parts.filter(({ tradeId }) => tradeId === blockedTradeId), blockedAt: at },
  },
];

/** The block of that trade was lifted. */
export function unblockPayout(
  { payoutId, caseId, blockedTradeId, at }: CommandOf<'UnblockPayout'>,
  { blocks = [] }: PayoutState,
): Decision<PayoutEvent> {
  const own = blocks.filter(
    (block) => block.blockedTradeId === blockedTradeId && block.caseId === caseId,
  );
  return decided(...own.map((block) => unblocked(payoutId, block, { reason: 'unblocked', at })));
}
