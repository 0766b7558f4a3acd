import type { EscrowEvent } from '../../events/index.ts';
import { add, type Money, money, subtract, sum } from '../money/money.ts';
import { partsTotal } from './evolve-parts.ts';
import { expectLegal } from './legal.ts';
import {
  type Block,
  type EscrowState,
  type FundedState,
  isClosed,
  isFunded,
  type Refund,
} from './state.ts';

export type BlockEvent = Extract<
  EscrowEvent,
  { type: 'FundsBlocked' | 'BlockedFundsAdjusted' | 'UnblockProposed' | 'FundsUnblocked' }
>;

const BLOCK_EVENTS: readonly string[] = [
  'FundsBlocked',
  'BlockedFundsAdjusted',
  'UnblockProposed',
  'FundsUnblocked',
] satisfies readonly BlockEvent['type'][];

export const isBlockEvent = (event: EscrowEvent): event is BlockEvent =>
  BLOCK_EVENTS.includes(event.type);

/** The block of a trade, whatever else its state; undefined where there is none. */
export const blockOf = (state: EscrowState): Block | undefined =>
  // Stryker disable next-line ConditionalExpression,StringLiteral: what is not opened has no block
  state.status === 'not_opened' ? undefined : state.block;

/** A trade after its money was blocked, or let go. */
export function evolveBlock(state: EscrowState, event: BlockEvent): EscrowState {
  if (state.status === 'not_opened') {
    expectLegal(false, event, state);
    return state;
  }
  const before = blockOf(state);
  if (event.type === 'FundsBlocked') {
    expectLegal(before === undefined, event, state);
    const { caseId, held, clearing } = event;
    return { ...state, block: { caseId, held, clearing } };
  }
  const isOwn = before !== undefined && before.caseId === event.caseId;
  expectLegal(isOwn, event, state);
  return { ...state, block: isOwn ? after(before, event) : before };
}

function after(block: Block, event: Exclude<BlockEvent, { type: 'FundsBlocked' }>) {
  switch (event.type) {
    case 'BlockedFundsAdjusted': {
      const { held, clearing } = event;
      return { ...block, held: add(block.held, held), clearing: add(block.clearing, clearing) };
    }
    case 'UnblockProposed': {
      const { ground, reference, proposedBy: by } = event;
      return { ...block, proposal: { ground, reference, by } };
    }
    // Stryker disable next-line ConditionalExpression,StringLiteral: what falls through is undefined, too
    case 'FundsUnblocked':
      return undefined;
  }
}

/** What stands on the trade's own accounts or is blocked of it. */
export type Standing = Pick<Block, 'held' | 'clearing'>;

/**
 * What of a trade's money is neither released, nor on its way back, nor taken: in its currency what is
 * held, in the one charged what is not converted or belongs to no milestone. In the books these are the
 * trade's balances on 2100 and 2000.
 */
export function standingOf(state: Exclude<EscrowState, { status: 'not_opened' }>): Standing {
  const { currency } = state.terms.amount;
  if (isFunded(state)) return { held: heldOf(state), clearing: clearingOf(state) };
  const back = isClosed(state) ? backFrom(state.refunds) : [];
  const came = partsTotal(state.parts);
  return {
    held: money(currency, 0n),
    clearing: subtract(
      came,
      totalOf(
        came,
        back.map(({ amount }) => amount),
      ),
    ),
  };
}

/** Refunds are taken of where they came from when they are valued. */
const backFrom = (refunds: readonly Refund[]): readonly Refund[] =>
  refunds.filter(({ status }) => status !== 'requested' && status !== 'canceled');

const totalOf = ({ currency }: Money, amounts: readonly Money[]): Money => sum(currency, amounts);

function heldOf(state: FundedState): Money {
  const { terms, converted, releases, refunds, chargebacks, duties } = state;
  if (!converted) return money(terms.amount.currency, 0n);
  const parts = [
    ...backFrom(refunds).flatMap((refund) => refund.parts),
    ...chargebacks.flatMap(({ taken }) => taken?.parts ?? []),
    ...duties.flatMap((duty) => duty.parts),
  ];
  return subtract(
    terms.amount,
    totalOf(terms.amount, [
      ...releases.flatMap(({ net, fee }) => [net, fee]),
      ...parts.map(({ held }) => held),
    ]),
  );
}

function clearingOf({ payment, converted, unapplied, refunds, chargebacks }: FundedState): Money {
  const unconverted = converted ? [] : [payment.received];
  const gone = [
    ...backFrom(refunds)
      .filter(({ reason }) => reason === 'overpayment')
      .map(({ amount }) => amount),
    ...chargebacks.flatMap(({ taken }) => taken?.unapplied ?? []),
  ];
  return subtract(totalOf(unapplied, [unapplied, ...unconverted]), totalOf(unapplied, gone));
}
