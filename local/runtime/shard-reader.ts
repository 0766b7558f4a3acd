import {
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamMapping } from './model.ts';
import { retryUntilStopped, type UntilStopped } from './poller.ts';
import { type PolledRecord, toPolledRecord } from './stream-records.ts';
import { createWakeUp, type WakeUp } from './wake-up.ts';

export type ShardReaderSettings = {
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly mapping: StreamMapping;
  /** Tells of new records at once, where the stream is served from this process. */
  readonly onRecord?: (listener: (streamArn: string) => void) => () => void;
};

export type Position =
  | { readonly type: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly after: string | undefined };

export type ShardReading = {
  readonly shardId: string;
  readonly start: Position;
  /** Works a batch off. The next one is read when it returns. */
  readonly handle: (records: readonly PolledRecord[]) => Promise<void>;
};

type Page = { readonly records: PolledRecord[]; readonly next: string | undefined };

/** How often a stream that cannot wake its reader is asked; DynamoDB allows five times a second. */
const pollMs = 200;
/** How often a stream that wakes its reader is asked nevertheless. */
const wakenPollMs = 5000;

const openIterator = async (
  { streams, streamArn }: ShardReaderSettings,
  shardId: string,
  position: Position,
): Promise<string | undefined> => {
  const start =
    'after' in position
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: position.after }
      : { ShardIteratorType: position.type };
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...start }),
  );
  return ShardIterator;
};

const readPage = async (
  { streams, streamArn }: ShardReaderSettings,
  iterator: string,
  limit: number,
): Promise<Page> => {
  const { Records = [], NextShardIterator: next } = await streams.send(
    new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }),
  );
  return { records: Records.map((record) => toPolledRecord(record, streamArn)), next };
};

/** Reads what is there, and more of it while the batching window is open. */
const readBatch = async (
  settings: ShardReaderSettings,
  iterator: string,
  { wakeUp, signal }: { wakeUp: WakeUp; signal: AbortSignal },
): Promise<Page> => {
  const { batchSize, batchingWindowSeconds } = settings.mapping;
  let { records, next } = await readPage(settings, iterator, batchSize);
  const deadlineMs = Date.now() + batchingWindowSeconds * 1000;
  const isOpen = () =>
    records.length > 0 && records.length < batchSize && Date.now() < deadlineMs && !signal.aborted;
  while (next !== undefined && isOpen()) {
    await wakeUp.wait(Math.min(pollMs, deadlineMs - Date.now()), signal);
    wakeUp.reset();
    const page = await readPage(settings, next, batchSize - records.length);
    records = [...records, ...page.records];
    next = page.next;
  }
  return { records, next };
};

/** Where to go on after the iterator was lost. What the stream no longer has is lost to the reader. */
const recover = (error: unknown, lastRead: Position, { onProblem }: UntilStopped): Position => {
  if (error instanceof ExpiredIteratorException) return lastRead;
  if (!(error instanceof TrimmedDataAccessException)) throw error;
  onProblem('the stream trimmed records before they were read');
  return { type: 'TRIM_HORIZON' };
};

/**
 * Reads one shard batch by batch, until its end or until it is told to stop. A batch that was handled
 * is never read again; one whose reading failed is.
 */
export const readShard = async (
  settings: ShardReaderSettings,
  { shardId, start, handle }: ShardReading,
  until: UntilStopped,
): Promise<void> => {
  const { signal } = until;
  const wakeUp = createWakeUp();
  const forget = settings.onRecord?.((streamArn) => {
    if (streamArn === settings.streamArn) wakeUp.notify();
  });
  let position = start;
  let iterator: string | undefined;
  let isOver = false;

  const advance = async (from: string) => {
    wakeUp.reset();
    const { records, next } = await readBatch(settings, from, { wakeUp, signal });
    if (records.length > 0) await handle(records);
    else if (next !== undefined) {
      await wakeUp.wait(forget === undefined ? pollMs : wakenPollMs, signal);
    }
    if (records.length > 0) position = { after: records.at(-1)?.sequenceNumber };
    iterator = next;
    isOver = next === undefined;
  };

  const step = async () => {
    try {
      iterator ??= await openIterator(settings, shardId, position);
      if (iterator === undefined) isOver = true;
      else await advance(iterator);
    } catch (error) {
      iterator = undefined;
      position = recover(error, position, until);
    }
  };

  while (!isOver && !signal.aborted) await retryUntilStopped(step, until);
  forget?.();
};
