import type { BreakEvent } from '../../events/index.ts';
import { type ExecutionPorts, execute, type Outcome } from '../platform/execute.ts';
import { breakStream } from '../platform/ids.ts';
import type { BreakCommand } from '../reconciliation/break-commands.ts';
import type { BreakState } from '../reconciliation/break-state.ts';
import { decideBreak } from '../reconciliation/decide-break.ts';
import { breakEvolution } from '../reconciliation/evolve-break.ts';
import { PLATFORM } from './platform-owner.ts';

/**
 * A step on a break that nobody took: something was found, or is so no longer. A break may be found and
 * cleared more than once, so the cause tells one time from another.
 */
export const stepBreak = (
  {
    breaks: store,
    now,
  }: Pick<ExecutionPorts<BreakEvent>, 'now'> & {
    readonly breaks: ExecutionPorts<BreakEvent>['store'];
  },
  { breakId, cause }: { readonly breakId: string; readonly cause: string },
  command: BreakCommand,
): Promise<Outcome<BreakState, BreakEvent>> =>
  execute(
    { store, now },
    {
      ...{ streamId: breakStream(breakId), cause, evolution: breakEvolution },
      owner: { tradeId: breakId, marketplaceId: PLATFORM },
      decide: (state) => decideBreak(command, state),
    },
  );
