import type { PayoutEvent } from '../../events/index.ts';
import type { EventStore } from '../platform/event-store.ts';
import type { Instruction } from '../settlement/batch.ts';
import { loadPayout } from '../settlement/run.ts';
import { isStillMeant } from '../settlement/still-meant.ts';

/** A batch holds up to 200 payments; each is a read. */
const AT_ONCE = 25;

/**
 * The end-to-end ids of the payments that their payouts stand by no longer, as of now: no file may hold
 * them from here on. A file that was made before still does.
 */
export async function droppedPayments(
  { payouts }: { readonly payouts: Pick<EventStore<PayoutEvent>, 'load'> },
  instructions: readonly Instruction[],
): Promise<ReadonlySet<string>> {
  const dropped = new Set<string>();
  for (let start = 0; start < instructions.length; start += AT_ONCE) {
    const some = instructions.slice(start, start + AT_ONCE).map(async (instruction) => {
      const { state } = await loadPayout({ store: payouts }, instruction.payoutId);
      if (!isStillMeant(instruction, state)) dropped.add(instruction.endToEndId);
    });
    await Promise.all(some);
  }
  return dropped;
}
