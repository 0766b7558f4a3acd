import type { Decision, Evolution } from './decision.ts';
import { assertInvariant, CodedError } from './errors.ts';
import type { Decided, EventRecord, EventStore } from './event-store.ts';

/** Attempts before a stream that keeps changing under us is left to the queue's own retry. */
const MAX_ATTEMPTS = 8;

/** What became of a command; `state` is the aggregate after it. */
export type Outcome<S, E> =
  | { readonly kind: 'appended'; readonly state: S; readonly record: Decided<E> }
  | { readonly kind: 'unchanged'; readonly state: S }
  | {
      readonly kind: 'too_early';
      readonly state: S;
      readonly code: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'rejected';
      readonly state: S;
      readonly code: string;
      readonly detail: string;
    };

export type Owner = { readonly tradeId: string; readonly marketplaceId: string };

export type Execution<S, E> = {
  readonly streamId: string;
  /** Whose the record is. Needed by the command that starts a stream; else the first record's. */
  readonly owner?: Owner;
  /** Identifies the command. A cause that is already in the stream changes nothing. */
  readonly cause: string;
  readonly evolution: Evolution<S, E>;
  readonly decide: (state: S) => Decision<E>;
};

export type ExecutionPorts<E> = {
  readonly store: EventStore<E>;
  readonly now: () => Date;
};

/** The aggregate's state after the given records. */
export const fold = <S, E>(evolution: Evolution<S, E>, records: readonly EventRecord<E>[]): S =>
  records.reduce((state, { events }) => events.reduce(evolution.evolve, state), evolution.initial);

/**
 * Loads a stream, decides, and appends what was decided as one record.
 * Applying the same cause again, or losing a race to the same decision, is `unchanged`: the
 * outcome of a lost write is found by reading, never guessed.
 *
 * @throws CodedError `event_store.contention` (retryable) if the stream never holds still; what `evolve`
 * throws for events that can't follow, of which nothing is stored.
 */
export async function execute<S, E>(
  ports: ExecutionPorts<E>,
  execution: Execution<S, E>,
): Promise<Outcome<S, E>> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const outcome = await attemptOnce(ports, execution);
    if (outcome !== 'conflict') return outcome;
  }
  throw new CodedError({
    code: 'event_store.contention',
    message: `${execution.streamId} changed under ${MAX_ATTEMPTS} attempts to append to it.`,
    retryable: true,
    fields: { streamId: execution.streamId, cause: execution.cause },
  });
}

async function attemptOnce<S, E>(
  { store, now }: ExecutionPorts<E>,
  execution: Execution<S, E>,
): Promise<Outcome<S, E> | 'conflict'> {
  const { streamId, cause, evolution, decide } = execution;
  const records = await store.load(streamId);
  const state = fold(evolution, records);
  if (records.some((record) => record.cause === cause)) return { kind: 'unchanged', state };

  const decision = decide(state);
  if (decision.kind !== 'decided') return { ...decision, state };
  if (decision.events.length === 0) return { kind: 'unchanged', state };

  const owner = execution.owner ?? records[0];
  assertInvariant(
    owner !== undefined,
    'event_store.no_owner',
    `${streamId} was started without an owner.`,
  );
  const record: Decided<E> = {
    streamId,
    sequence: records.length + 1,
    recordedAt: now().toISOString(),
    tradeId: owner.tradeId,
    marketplaceId: owner.marketplaceId,
    cause,
    events: decision.events,
  };
  // What the aggregate can't follow must throw here: stored, it would keep the stream from being read.
  const after = decision.events.reduce(evolution.evolve, state);
  if ((await store.append(record)) === 'conflict') return 'conflict';
  return { kind: 'appended', state: after, record };
}
