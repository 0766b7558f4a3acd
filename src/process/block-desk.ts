import type { MilestoneReleased } from '../../events/escrow/milestone-released.v1.ts';
import type { EscrowEvent } from '../../events/index.ts';
import { escrowEvolution } from '../escrow/evolve.ts';
import { blockOf } from '../escrow/evolve-block.ts';
import type { EventStore } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';
import { escrowStream } from '../platform/ids.ts';
import type { BlockDesk } from '../settlement/ports.ts';

type Escrows = Pick<EventStore<EscrowEvent>, 'load'>;

/** Asks the trade's own stream whether its funds are blocked. */
export const blockDesk =
  (escrows: Escrows): BlockDesk =>
  async (tradeId) => {
    const block = blockOf(fold(escrowEvolution, await escrows.load(escrowStream(tradeId))));
    return block === undefined ? undefined : { caseId: block.caseId };
  };

/** Everything that was ever released of a trade. */
export const releasesOf = async (
  escrows: Escrows,
  tradeId: string,
): Promise<readonly MilestoneReleased[]> =>
  (await escrows.load(escrowStream(tradeId)))
    .flatMap(({ events }) => events)
    .filter((event) => event.type === 'MilestoneReleased');
