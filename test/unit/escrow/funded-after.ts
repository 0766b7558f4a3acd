import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { type FundedState, isFunded } from '../../../src/escrow/state.ts';

/** The state of a trade whose money has come, after these events. */
export const fundedAfter = (...events: readonly EscrowEvent[]): FundedState => {
  const state = events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
  if (!isFunded(state)) throw new Error(`The trade is ${state.status}.`);
  return state;
};
