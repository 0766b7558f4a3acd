import type { BatchEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import { execute, type Outcome } from '../platform/execute.ts';
import { batchStream } from '../platform/ids.ts';
import { type BatchState, batchEvolution, decideBatch } from './batch.ts';

/** Closes a batch, once: from then on it can be downloaded and takes no more payments. */
export const closeBatch = (
  ports: { readonly batches: EventStore<BatchEvent>; readonly now: () => Date },
  { batchId, cause }: { readonly batchId: string; readonly cause: string },
): Promise<Outcome<BatchState, BatchEvent>> =>
  execute(
    { store: ports.batches, now: ports.now },
    {
      streamId: batchStream(batchId),
      cause,
      evolution: batchEvolution,
      decide: (state) => decideBatch({ type: 'CloseBatch', at: ports.now().toISOString() }, state),
    },
  );
