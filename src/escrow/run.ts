import type { EscrowEvent } from '../../events/index.ts';
import { type ExecutionPorts, execute, type Outcome, type Owner } from '../platform/execute.ts';
import { escrowStream } from '../platform/ids.ts';
import type { EscrowCommand } from './commands.ts';
import { decideEscrow } from './decide.ts';
import { escrowEvolution } from './evolve.ts';
import type { EscrowState } from './state.ts';

export type EscrowPorts = ExecutionPorts<EscrowEvent>;
export type EscrowOutcome = Outcome<EscrowState, EscrowEvent>;

/** Which trade is meant, and the request or message that means it. */
export type EscrowContext = {
  readonly tradeId: string;
  readonly cause: string;
  readonly marketplaceId?: string;
};

/** Decides one command on a trade's stream and appends the result, once per cause and command. */
export const runEscrow = (
  ports: EscrowPorts,
  { tradeId, cause, marketplaceId }: EscrowContext,
  command: EscrowCommand,
): Promise<EscrowOutcome> => {
  const owner: Owner | undefined =
    marketplaceId === undefined ? undefined : { tradeId, marketplaceId };
  return execute(ports, {
    streamId: escrowStream(tradeId),
    ...(owner === undefined ? {} : { owner }),
    cause: `${cause}/${command.type}`,
    evolution: escrowEvolution,
    decide: (state) => decideEscrow(command, state),
  });
};
