import type { EscrowEvent } from '../../events/index.ts';
import type { TradeHistory } from './trade-view.ts';

/** The words of the money that has gone, or may have: not everything of a trade can be blocked any more. */
const told = ({ records }: TradeHistory) => {
  const events = records.flatMap((record) => record.events);
  const block = events.findLast((event) => event.type === 'FundsBlocked');
  const sent = events.filter((event) => event.type === 'PayoutSentBeforeBlock');
  return { block, sent: sent.filter(({ caseId }) => caseId === block?.caseId) };
};

/**
 * The block of a trade as compliance sees it: what is blocked, what of the trade had gone before, and what
 * is proposed. Everybody else sees that the trade is on hold.
 */
export function presentBlock(history: TradeHistory) {
  const { escrow, payouts } = history;
  const { tradeId } = escrow.terms;
  if (escrow.block === undefined) return { tradeId, status: 'none' };
  const { caseId, held, clearing, proposal } = escrow.block;
  const { block, sent } = told(history);
  const waiting = payouts.flatMap(({ state }) => state.blocks ?? []);
  return {
    tradeId,
    status: proposal === undefined ? 'blocked' : 'unblock_proposed',
    caseId,
    blockedAt: (block as Extract<EscrowEvent, { type: 'FundsBlocked' }> | undefined)?.blockedAt,
    held,
    clearing,
    payouts: waiting.flatMap(({ parts }) =>
      parts.map(({ payoutId, amount }) => ({ payoutId, amount })),
    ),
    gone: [
      ...(block?.gone ?? []).map(({ milestoneId, amount }) => ({ milestoneId, amount })),
      ...sent.map(({ milestoneId, amount }) => ({ milestoneId, amount })),
    ],
    ...(proposal === undefined ? {} : { proposal }),
  };
}
