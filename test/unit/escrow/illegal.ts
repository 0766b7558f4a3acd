import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { type FundedState, isFunded } from '../../../src/escrow/state.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';

/** A funded trade after its history. */
export function stateAfter(events: readonly EscrowEvent[]): FundedState {
  const state = events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
  if (!isFunded(state)) throw new Error(`The trade is ${state.status}.`);
  return state;
}

function codeOf(events: readonly EscrowEvent[]): string | undefined {
  try {
    events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
    return undefined;
  } catch (error) {
    return isCodedError(error) ? error.code : 'no code';
  }
}

/** A history, and the event that is to follow it. */
export type Case = readonly [what: string, history: readonly EscrowEvent[], event: EscrowEvent];

export const isLegal = (_: string, history: Case[1], event: EscrowEvent): void => {
  expect(codeOf([...history, event])).toBeUndefined();
};

export const isRefused = (_: string, history: Case[1], event: EscrowEvent): void => {
  expect(codeOf(history)).toBeUndefined();
  expect(codeOf([...history, event])).toBe('escrow.illegal_history');
};

/** What is taken of a milestone that is held, in dollars. */
export const held = (minor: bigint, milestoneId = 'delivery') => [
  { ...{ milestoneId, held: money('USD', minor) }, net: money('USD', 0n), fee: money('USD', 0n) },
];
