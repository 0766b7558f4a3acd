import type { TreasuryEvent } from '../../events/index.ts';
import { type ExecutionPorts, execute, type Outcome } from '../platform/execute.ts';
import { treasuryStream } from '../platform/ids.ts';
import { decideMovement, type MovementState, movementEvolution } from './movement.ts';

export type RecordMovementPorts = ExecutionPorts<TreasuryEvent>;

/**
 * Books a movement of money that belongs to no trade. The stream, and the record's owner, is the
 * movement itself, under the reference that the bank, the provider or finance gave it.
 */
export const recordMovement = (
  ports: RecordMovementPorts,
  movement: TreasuryEvent,
  {
    marketplaceId,
    cause,
    byLine = false,
  }: { readonly marketplaceId: string; readonly cause: string; readonly byLine?: boolean },
): Promise<Outcome<MovementState, TreasuryEvent>> =>
  execute(ports, {
    streamId: treasuryStream(movement.movementId),
    owner: { tradeId: movement.movementId, marketplaceId },
    cause: `${cause}/RecordMovement`,
    evolution: movementEvolution,
    decide: (state) => decideMovement({ type: 'RecordMovement', movement, byLine }, state),
  });
