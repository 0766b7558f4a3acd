import type { EscrowEvent } from '../../events/index.ts';
import { escrowEvolution } from '../escrow/evolve.ts';
import type { EscrowState } from '../escrow/state.ts';
import type { EventRecord } from '../platform/event-store.ts';
import { fold } from '../platform/execute.ts';

/** A trade's records with the state that follows from them, which is worked out once for all readers. */
export type EscrowHistory = {
  readonly records: readonly EventRecord<EscrowEvent>[];
  readonly state: EscrowState;
};

/** The history that a trade's stream tells. */
export const historyOf = (records: readonly EventRecord<EscrowEvent>[]): EscrowHistory => ({
  records,
  state: fold(escrowEvolution, records),
});
