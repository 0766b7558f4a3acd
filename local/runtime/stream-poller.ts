import { DescribeStreamCommand, type Shard } from '@aws-sdk/client-dynamodb-streams';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Invoke } from './invocation.ts';
import { type Poller, pause, retryUntilStopped, type UntilStopped } from './poller.ts';
import { type Position, readShard, type ShardReaderSettings } from './shard-reader.ts';
import { type GivenUp, handleStreamBatch } from './stream-batch.ts';
import { type PolledRecord, toFailureEnvelope } from './stream-records.ts';

export type StreamPollerSettings = ShardReaderSettings & {
  readonly functionArn: string;
  /** The queue that is told of records that were given up. */
  readonly onFailureQueueUrl?: string;
  readonly sqs: SQSClient;
  readonly invoke: Invoke;
  readonly onProblem: (problem: string) => void;
};

const listShards = async ({ streams, streamArn }: StreamPollerSettings): Promise<Shard[]> => {
  const shards: Shard[] = [];
  let lastSeen: string | undefined;
  do {
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({
        StreamArn: streamArn,
        ...(lastSeen === undefined ? {} : { ExclusiveStartShardId: lastSeen }),
      }),
    );
    shards.push(...(StreamDescription?.Shards ?? []));
    lastSeen = StreamDescription?.LastEvaluatedShardId;
  } while (lastSeen !== undefined);
  return shards;
};

const handlerOf =
  (settings: StreamPollerSettings, shardId: string, until: UntilStopped) =>
  (batch: readonly PolledRecord[]) => {
    const { mapping, invoke, sqs, onFailureQueueUrl, onProblem } = settings;

    const giveUp = async (givenUp: GivenUp<PolledRecord>) => {
      onProblem(`gave up ${givenUp.records.length} records: ${givenUp.condition}`);
      if (onFailureQueueUrl === undefined) return;
      const envelope = toFailureEnvelope(givenUp, { ...settings, shardId }, Date.now());
      const MessageBody = JSON.stringify(envelope);
      await retryUntilStopped(async () => {
        await sqs.send(new SendMessageCommand({ QueueUrl: onFailureQueueUrl, MessageBody }));
      }, until);
    };

    return handleStreamBatch(batch, {
      mapping,
      giveUp,
      invoke: (records) =>
        invoke(mapping.functionName, { Records: records.map(({ event }) => event) }),
      wait: (ms) => pause(ms, until.signal),
      isStopped: () => until.signal.aborted,
      now: Date.now,
    });
  };

/**
 * Polls a table's stream for a function, as an event source mapping does: each shard by itself and
 * in order, a child shard only after its parent has been read to its end.
 */
export const startStreamPoller = (settings: StreamPollerSettings): Poller => {
  const stopping = new AbortController();
  const until = { signal: stopping.signal, onProblem: settings.onProblem };
  const started = new Set<string>();
  const finished = new Set<string>();
  const running = new Set<Promise<void>>();

  const keep = (task: Promise<void>) => {
    const kept = task.finally(() => running.delete(kept));
    running.add(kept);
  };

  const read = async (shardId: string, start: Position) => {
    await readShard(
      settings,
      { shardId, start, handle: handlerOf(settings, shardId, until) },
      until,
    );
    finished.add(shardId);
    await discover({ type: 'TRIM_HORIZON' });
  };

  const discover = (start: Position) =>
    retryUntilStopped(async () => {
      const shards = await listShards(settings);
      const known = new Set(shards.map(({ ShardId }) => ShardId));
      for (const { ShardId = '', ParentShardId } of shards) {
        const waitsForParent = known.has(ParentShardId) && !finished.has(ParentShardId ?? '');
        if (started.has(ShardId) || waitsForParent) continue;
        started.add(ShardId);
        keep(read(ShardId, start));
      }
    }, until);

  keep(discover({ type: settings.mapping.startingPosition }));
  return {
    stop: async () => {
      stopping.abort();
      while (running.size > 0) await Promise.all(running);
    },
  };
};
