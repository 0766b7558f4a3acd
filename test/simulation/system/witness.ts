import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { TradelaneEvent } from '../../../events/index.ts';
import type { EventType } from '../invariants/support/history.ts';

type Wanted = {
  readonly streamId: string;
  readonly types: readonly EventType[];
  /** Which of them; any where it is left out. */
  readonly isIt?: (event: TradelaneEvent) => boolean;
};

/** Calls scripts that wait for an event, once it is stored. */
export type Witness = {
  readonly note: (record: TradelaneRecord) => void;
  /** Calls at once where there is such an event already. */
  readonly call: (wanted: Wanted, wake: () => void) => void;
};

export function createWitness(
  streams: () => ReadonlyMap<string, readonly TradelaneRecord[]>,
): Witness {
  const waiting = new Map<string, { readonly wanted: Wanted; readonly wake: () => void }[]>();
  return {
    note: (record) => {
      const all = waiting.get(record.streamId);
      if (all === undefined) return;
      const left = all.filter(({ wanted }) => !has(record, wanted));
      waiting.set(record.streamId, left);
      for (const each of all) if (!left.includes(each)) each.wake();
    },
    call: (wanted, wake) => {
      const { streamId } = wanted;
      if (
        streams()
          .get(streamId)
          ?.some((record) => has(record, wanted)) === true
      )
        wake();
      else waiting.set(streamId, [...(waiting.get(streamId) ?? []), { wanted, wake }]);
    },
  };
}

const has = ({ events }: TradelaneRecord, { types, isIt = () => true }: Wanted): boolean =>
  events.some((event) => types.includes(event.type) && isIt(event));
