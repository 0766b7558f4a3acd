import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { crc32 } from 'node:zlib';
import { AwsError, type WireObject } from './json-protocol.ts';

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export type KeySchema = readonly { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];

/** An item before and after one write; absent where it did not exist. */
export type ItemChange = {
  readonly before: WireObject | undefined;
  readonly after: WireObject | undefined;
};

/** A stream record as GetRecords answers it. */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: WireObject & { readonly SequenceNumber: string };
};

export type StreamSettings = {
  readonly tableName: string;
  readonly tableArn: string;
  readonly region: string;
  readonly viewType: StreamViewType;
  readonly keySchema: KeySchema;
  /** How many shards the items are spread over, by partition key. */
  readonly shardCount: number;
  /** How many records a shard remembers; older ones are trimmed, as DynamoDB does after a day. */
  readonly retainedRecords: number;
  readonly now: () => number;
  /** Called after each record with the stream's ARN. */
  readonly onRecord: (arn: string) => void;
};

export type Shard = {
  readonly shardId: string;
  readonly startingSequenceNumber: string;
  /** The position of the oldest record that is still kept. */
  readonly horizon: () => number;
  /** The position that the next record will get. */
  readonly end: () => number;
  /** The position of the first record at or after a sequence number. Throws when it was trimmed. */
  readonly positionOf: (sequenceNumber: string) => number;
  /** Up to `limit` records from a position on. Throws when they were trimmed. */
  readonly read: (position: number, limit: number) => readonly StreamRecord[];
  readonly push: (record: StreamRecord) => void;
};

export type StreamLog = StreamSettings & {
  readonly arn: string;
  readonly label: string;
  readonly createdAtMs: number;
  readonly shards: readonly Shard[];
  /** Records one committed write; a write that changed nothing leaves no record. */
  readonly append: (change: ItemChange) => void;
  /** Set when the table is gone: readers reach the end and stop. */
  readonly isClosed: () => boolean;
  readonly close: () => void;
};

/** 21 digits, so that sequence numbers order alike as numbers and as text. */
const sequenceNumber = (ordinal: number) => (10n ** 20n + BigInt(ordinal)).toString();

const trimmedDataAccess = () =>
  new AwsError('TrimmedDataAccessException', 'The records asked for were trimmed');

const createShard = (shardId: string, retainedRecords: number): Shard => {
  let records: StreamRecord[] = [];
  let trimmed = 0;
  let lastTrimmedSequence = 0n;
  return {
    shardId,
    startingSequenceNumber: sequenceNumber(0),
    horizon: () => trimmed,
    end: () => trimmed + records.length,
    positionOf: (sequence) => {
      const wanted = BigInt(sequence);
      if (wanted <= lastTrimmedSequence) throw trimmedDataAccess();
      const index = records.findIndex(({ dynamodb }) => BigInt(dynamodb.SequenceNumber) >= wanted);
      return trimmed + (index === -1 ? records.length : index);
    },
    read: (position, limit) => {
      if (position < trimmed) throw trimmedDataAccess();
      return records.slice(position - trimmed, position - trimmed + limit);
    },
    push: (record) => {
      records.push(record);
      if (records.length < 2 * retainedRecords) return;
      const excess = records.length - retainedRecords;
      lastTrimmedSequence = BigInt(records[excess - 1]?.dynamodb.SequenceNumber ?? 0);
      trimmed += excess;
      records = records.slice(excess);
    },
  };
};

const imagesOf = (viewType: StreamViewType, { before, after }: ItemChange): WireObject => ({
  ...(after !== undefined && /NEW/.test(viewType) ? { NewImage: after } : {}),
  ...(before !== undefined && /OLD/.test(viewType) ? { OldImage: before } : {}),
});

const eventNameOf = ({ before, after }: ItemChange) => {
  if (before === undefined) return 'INSERT';
  return after === undefined ? 'REMOVE' : 'MODIFY';
};

/** The key attributes of an item, partition key first. */
export const keyOf = (keySchema: KeySchema, item: WireObject): WireObject =>
  Object.fromEntries(keySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]));

/** The log behind one table's stream: what was written, in order, per shard. */
export const createStreamLog = (settings: StreamSettings): StreamLog => {
  const { keySchema, viewType, now } = settings;
  const createdAtMs = now();
  const label = new Date(createdAtMs).toISOString().replace('Z', '');
  const shards = Array.from({ length: settings.shardCount }, (_, index) =>
    createShard(`shardId-${String(index).padStart(20, '0')}-local`, settings.retainedRecords),
  );
  const arn = `${settings.tableArn}/stream/${label}`;
  let ordinal = 0;
  let closed = false;

  const append = (change: ItemChange) => {
    const item = change.after ?? change.before;
    if (item === undefined || isDeepStrictEqual(change.before, change.after)) return;
    const keys = keyOf(keySchema, item);
    const [partitionKey] = Object.values(keys);
    const images = imagesOf(viewType, change);
    ordinal += 1;
    shards[crc32(JSON.stringify(partitionKey)) % shards.length]?.push({
      eventID: randomUUID().replaceAll('-', ''),
      eventName: eventNameOf(change),
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: settings.region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now() / 1000),
        Keys: keys,
        ...images,
        SequenceNumber: sequenceNumber(ordinal),
        SizeBytes: Buffer.byteLength(JSON.stringify({ keys, ...images })),
        StreamViewType: viewType,
      },
    });
    settings.onRecord(arn);
  };

  return {
    ...settings,
    arn,
    label,
    createdAtMs,
    shards,
    append,
    isClosed: () => closed,
    close: () => {
      closed = true;
    },
  };
};
