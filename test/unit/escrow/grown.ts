import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { type FundedState, isFunded } from '../../../src/escrow/state.ts';
import { summaryOf } from '../../support/given.ts';
import { given } from './escrow-states.ts';

/**
 * The history with what each of the commands decides in turn. Called within a test: what is decided
 * while a file is read, no mutant changes.
 */
export function grown(history: readonly EscrowEvent[], ...wanted: readonly EscrowCommand[]) {
  const all = [...history];
  for (const command of wanted) {
    const { decision } = given(...all).when(command);
    if (decision.kind !== 'decided') throw new Error(summaryOf(decision));
    all.push(...decision.events);
  }
  return all;
}

export const fundedOf = (history: readonly EscrowEvent[]): FundedState => {
  const state = history.reduce(escrowEvolution.evolve, escrowEvolution.initial);
  if (!isFunded(state)) throw new Error(`The trade is ${state.status}.`);
  return state;
};
