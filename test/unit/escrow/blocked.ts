import type { EscrowEvent } from '../../../events/index.ts';
import { story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { given } from './escrow-states.ts';

export const { caseId } = story.fundsBlocked;
export const at = '2026-07-20T09:00:00.000Z';
/** The case by which the funds are blocked, and by whom. */
export const block = { type: 'BlockFunds', caseId, by: 'key_1', at } as const;

/** A history, and its block with all that it catches. */
export function blocked(history: readonly EscrowEvent[]): readonly EscrowEvent[] {
  const { decision } = given(...history).when(block);
  if (decision.kind !== 'decided') throw new Error(summaryOf(decision));
  return [...history, ...decision.events];
}
