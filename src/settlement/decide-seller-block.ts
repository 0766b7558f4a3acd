import type { SellerEvent } from '../../events/index.ts';
import type { PayoutPart } from '../../events/payout/common.ts';
import { type Decision, decided, nothing } from '../platform/decision.ts';
import { evolveSeller, type SellerState, waitingCredits } from './seller-state.ts';

export type SellerBlockCommand =
  | { readonly type: 'BlockTrade'; readonly tradeId: string; readonly caseId: string }
  | { readonly type: 'UnblockTrade'; readonly tradeId: string; readonly caseId: string };

/** From a trade's block on none of its money goes with another payout of the seller. */
export function decideSellerBlock(
  sellerAccountId: string,
  command: SellerBlockCommand,
  state: SellerState,
): Decision<SellerEvent> {
  const { type, tradeId, caseId } = command;
  const known = state.blocked.get(tradeId);
  if (type === 'UnblockTrade') {
    if (known?.caseId !== caseId) return nothing;
    const parts = [...known.parts];
    return decided({
      ...{ type: 'SellerTradeUnblocked', version: 1, sellerAccountId, tradeId, caseId, parts },
    });
  }
  if (known !== undefined) return nothing;
  return decided(blocked(sellerAccountId, command, waitingOf(state, tradeId)));
}

const blocked = (
  sellerAccountId: string,
  { tradeId, caseId }: { readonly tradeId: string; readonly caseId: string },
  parts: readonly PayoutPart[],
): SellerEvent => ({
  ...{ type: 'SellerTradeBlocked', version: 1, sellerAccountId, tradeId, caseId },
  parts: [...parts],
});

const waitingOf = (state: SellerState, tradeId: string): readonly PayoutPart[] =>
  waitingCredits(state).filter((part) => part.tradeId === tradeId);

/** What comes to wait of a blocked trade is blocked in the same decision. */
export function withBlockedTrades(
  sellerAccountId: string,
  decision: Decision<SellerEvent>,
  state: SellerState,
): Decision<SellerEvent> {
  if (state.blocked.size === 0 || decision.kind !== 'decided') return decision;
  const after = decision.events.reduce(evolveSeller, state);
  const caught = [...after.blocked].flatMap(([tradeId, { caseId }]) => {
    const parts = waitingOf(after, tradeId);
    return parts.length === 0 ? [] : [blocked(sellerAccountId, { tradeId, caseId }, parts)];
  });
  return caught.length === 0 ? decision : decided(...decision.events, ...caught);
}
