import type { BreakEvent } from '../../../events/reconciliation/index.ts';
import { money } from '../../../src/money/money.ts';
import type { BreakCommand } from '../../../src/reconciliation/break-commands.ts';
import type { BreakFacts } from '../../../src/reconciliation/break-state.ts';
import { decideBreak } from '../../../src/reconciliation/decide-break.ts';
import { breakEvolution } from '../../../src/reconciliation/evolve-break.ts';

/** A break of rec E, of which so much is too much or too little. */
export const facts = (differenceMinor: bigint): BreakFacts => ({
  breakId: 'brk_1',
  rec: 'E',
  breakType: differenceMinor < 0n ? 'under' : 'over',
  left: ['ord_1'],
  right: ['lin_1'],
  difference: money('EUR', differenceMinor),
  since: '2026-06-29',
  raisedAt: '2026-06-30T06:00:00.000Z',
});

export const step = (by: string, reason = 'The bank took its charges.') => ({
  by,
  reason,
  at: '2026-06-30T09:00:00.000Z',
});

export const raised = (differenceMinor: bigint): BreakEvent => ({
  type: 'BreakRaised',
  version: 1,
  ...facts(differenceMinor),
});

export const given = (...events: readonly BreakEvent[]) => ({
  when: (command: BreakCommand) =>
    decideBreak(command, events.reduce(breakEvolution.evolve, breakEvolution.initial)),
});

export const proposed: BreakEvent = {
  type: 'WriteOffProposed',
  version: 1,
  breakId: 'brk_1',
  amount: money('EUR', -5_000n),
  ...step('ann'),
};
