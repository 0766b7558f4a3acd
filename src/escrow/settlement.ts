import type { EscrowEvent } from '../../events/index.ts';
import type { Decision } from '../platform/decision.ts';
import { evolveEscrow } from './evolve.ts';
import type { EscrowState } from './state.ts';
import { isFunded } from './state.ts';
import { isComplete } from './status.ts';

/** The events, and the trade's settlement with them where they leave nothing more to pay. */
export function withSettlement(
  state: EscrowState,
  events: readonly EscrowEvent[],
  at: string,
): Decision<EscrowEvent> {
  const after = events.reduce(evolveEscrow, state);
  const settles = events.length > 0 && isFunded(after) && isComplete(after);
  return {
    kind: 'decided',
    events: settles ? [...events, { type: 'TradeSettled', version: 1, settledAt: at }] : events,
  };
}
