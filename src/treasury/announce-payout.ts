import type { TreasuryEvent } from '../../events/index.ts';
import type { ExecutionPorts } from '../platform/execute.ts';
import type { ProviderPayout } from './ports.ts';
import { recordMovement } from './record-movement.ts';

/**
 * Records what the provider says of a payout to our own bank account now: that it comes, and when, or that
 * it does not. It books nothing: the bank's line does.
 */
export const announcePayout = (
  ports: ExecutionPorts<TreasuryEvent>,
  { payoutId, amount, arrivesOn, traceId, calledOff }: ProviderPayout,
  context: { readonly marketplaceId: string; readonly cause: string },
) => {
  const common = {
    ...{ version: 1 as const, movementId: `announced:${payoutId}`, payoutId },
    occurredAt: ports.now().toISOString(),
  };
  const movement: TreasuryEvent =
    calledOff === undefined
      ? {
          ...{ type: 'PspPayoutAnnounced', ...common, amount, arrivesOn },
          ...(traceId === undefined ? {} : { traceId }),
        }
      : { type: 'PspPayoutCalledOff', ...common, code: calledOff };
  return recordMovement(ports, movement, context);
};
