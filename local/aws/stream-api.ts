import { AwsError, type WireObject } from './json-protocol.ts';
import type { Shard, StreamLog } from './stream-log.ts';

type StreamRegistry = ReadonlyMap<string, StreamLog>;
type Operation = (input: WireObject, streams: StreamRegistry) => WireObject;

const maxRecords = 1000;
const maxAnswerBytes = 1024 * 1024;

const find = (streams: StreamRegistry, arn: unknown): StreamLog => {
  const stream = streams.get(String(arn));
  if (stream !== undefined) return stream;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn}`);
};

const findShard = (stream: StreamLog, shardId: unknown): Shard => {
  const shard = stream.shards.find((candidate) => candidate.shardId === shardId);
  if (shard !== undefined) return shard;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: ${shardId}`);
};

const limitOf = (input: WireObject, most: number): number => {
  const limit = input['Limit'] ?? most;
  if (Number.isInteger(limit) && Number(limit) >= 1 && Number(limit) <= most) return Number(limit);
  throw new AwsError('ValidationException', `Limit must be between 1 and ${most}: ${limit}`);
};

/** Everything after the entry that the caller has already seen. */
const after = <T>(entries: readonly T[], isSeen: (entry: T) => boolean): readonly T[] =>
  entries.slice(entries.findIndex(isSeen) + 1);

const listStreams: Operation = (input, streams) => {
  const all = [...streams.values()].filter(
    ({ tableName }) => input['TableName'] === undefined || input['TableName'] === tableName,
  );
  const limit = limitOf(input, 100);
  const rest = after(all, ({ arn }) => arn === input['ExclusiveStartStreamArn']);
  const page = rest.slice(0, limit);
  return {
    Streams: page.map(({ arn, label, tableName }) => ({
      StreamArn: arn,
      StreamLabel: label,
      TableName: tableName,
    })),
    ...(rest.length > limit ? { LastEvaluatedStreamArn: page.at(-1)?.arn } : {}),
  };
};

const describeStream: Operation = (input, streams) => {
  const stream = find(streams, input['StreamArn']);
  const limit = limitOf(input, 100);
  const rest = after(stream.shards, ({ shardId }) => shardId === input['ExclusiveStartShardId']);
  const page = rest.slice(0, limit);
  return {
    StreamDescription: {
      StreamArn: stream.arn,
      StreamLabel: stream.label,
      StreamStatus: stream.isClosed() ? 'DISABLED' : 'ENABLED',
      StreamViewType: stream.viewType,
      CreationRequestDateTime: stream.createdAtMs / 1000,
      TableName: stream.tableName,
      KeySchema: stream.keySchema,
      Shards: page.map(({ shardId, startingSequenceNumber }) => ({
        ShardId: shardId,
        SequenceNumberRange: { StartingSequenceNumber: startingSequenceNumber },
      })),
      ...(rest.length > limit ? { LastEvaluatedShardId: page.at(-1)?.shardId } : {}),
    },
  };
};

type Iterator = { readonly arn: string; readonly shardId: string; readonly position: number };

const encodeIterator = (iterator: Iterator): string =>
  Buffer.from(JSON.stringify(iterator)).toString('base64url');

const decodeIterator = (text: unknown): Iterator => {
  try {
    return JSON.parse(Buffer.from(String(text), 'base64url').toString());
  } catch (cause) {
    throw new AwsError('ValidationException', `Invalid ShardIterator: ${cause}`);
  }
};

const startOf = (shard: Shard, input: WireObject): number => {
  const sequence = String(input['SequenceNumber'] ?? '');
  switch (input['ShardIteratorType']) {
    case 'TRIM_HORIZON':
      return shard.horizon();
    case 'LATEST':
      return shard.end();
    case 'AT_SEQUENCE_NUMBER':
      return shard.positionOf(sequence);
    case 'AFTER_SEQUENCE_NUMBER':
      return shard.positionOf((BigInt(sequence) + 1n).toString());
    default:
      throw new AwsError(
        'ValidationException',
        `Invalid ShardIteratorType: ${input['ShardIteratorType']}`,
      );
  }
};

const getShardIterator: Operation = (input, streams) => {
  const stream = find(streams, input['StreamArn']);
  const shard = findShard(stream, input['ShardId']);
  const needsSequence = /SEQUENCE_NUMBER$/.test(String(input['ShardIteratorType']));
  if (needsSequence && !/^\d{1,40}$/.test(String(input['SequenceNumber']))) {
    throw new AwsError('ValidationException', 'SequenceNumber must be 1 to 40 digits');
  }
  const position = startOf(shard, input);
  return { ShardIterator: encodeIterator({ arn: stream.arn, shardId: shard.shardId, position }) };
};

/** DynamoDB answers at most 1 MB, and at least one record where there is one. */
const withinAnswerSize = <T extends { dynamodb: WireObject }>(records: readonly T[]) => {
  let bytes = 0;
  const firstTooMany = records.findIndex(({ dynamodb }) => {
    bytes += Number(dynamodb['SizeBytes']);
    return bytes > maxAnswerBytes;
  });
  return firstTooMany === -1 ? records : records.slice(0, Math.max(1, firstTooMany));
};

const getRecords: Operation = (input, streams) => {
  const iterator = decodeIterator(input['ShardIterator']);
  const stream = find(streams, iterator.arn);
  const shard = findShard(stream, iterator.shardId);
  const limit = limitOf(input, maxRecords);
  const records = withinAnswerSize(shard.read(iterator.position, limit));
  const position = iterator.position + records.length;
  const isOver = stream.isClosed() && position >= shard.end();
  return {
    Records: records,
    ...(isOver ? {} : { NextShardIterator: encodeIterator({ ...iterator, position }) }),
  };
};

const operations: Readonly<Record<string, Operation>> = {
  ListStreams: listStreams,
  DescribeStream: describeStream,
  GetShardIterator: getShardIterator,
  GetRecords: getRecords,
};

/** Answers one operation of the DynamoDB Streams API. Throws `AwsError` as the service would. */
export const answerStreams = (
  operation: string,
  input: WireObject,
  streams: StreamRegistry,
): WireObject => {
  const answer = operations[operation];
  if (answer === undefined) throw new AwsError('UnknownOperationException', operation);
  return answer(input, streams);
};
