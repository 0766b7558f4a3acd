import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import type { GivenUp, OrderedRecord } from './stream-batch.ts';

/** A record of a stream, as the function will see it, with what the poller needs to know of it. */
export type PolledRecord = OrderedRecord & { readonly event: Readonly<Record<string, unknown>> };

type Image = Record<string, AttributeValue>;

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** An attribute as Lambda events spell it: like the API, but with binary values in base64. */
const toEventValue = (value: AttributeValue): unknown => {
  if (value.B !== undefined) return { B: toBase64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(toBase64) };
  if (value.L !== undefined) return { L: value.L.map(toEventValue) };
  return value.M === undefined ? value : { M: toEventImage(value.M) };
};

const toEventImage = (image: Image): unknown =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toEventValue(value)]));

const imageField = (name: string, image: Image | undefined) =>
  image === undefined ? {} : { [name]: toEventImage(image) };

/** Translates a record of the Streams API into a record of a Lambda event. */
export const toPolledRecord = (record: _Record, streamArn: string): PolledRecord => {
  const { dynamodb = {}, ...description } = record;
  const createdAtMs = dynamodb.ApproximateCreationDateTime?.getTime() ?? 0;
  return {
    sequenceNumber: String(dynamodb.SequenceNumber),
    createdAtMs,
    event: {
      ...description,
      dynamodb: {
        ApproximateCreationDateTime: createdAtMs / 1000,
        ...imageField('Keys', dynamodb.Keys),
        ...imageField('NewImage', dynamodb.NewImage),
        ...imageField('OldImage', dynamodb.OldImage),
        SequenceNumber: dynamodb.SequenceNumber,
        SizeBytes: dynamodb.SizeBytes,
        StreamViewType: dynamodb.StreamViewType,
      },
      eventSourceARN: streamArn,
    },
  };
};

export type FailureSource = {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
};

/**
 * What Lambda sends to an on-failure destination: where the records are, not the records. Shape:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const toFailureEnvelope = (
  { records, condition, attempts, lastRequestId }: GivenUp<PolledRecord>,
  { functionArn, streamArn, shardId }: FailureSource,
  nowMs: number,
) => {
  const [first, last] = [records[0], records.at(-1)];
  const arrival = (record: PolledRecord | undefined) =>
    new Date(record?.createdAtMs ?? nowMs).toISOString();
  return {
    requestContext: {
      requestId: lastRequestId,
      functionArn,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: attempts === 0 ? null : 'Unhandled',
    },
    version: '1.0',
    timestamp: new Date(nowMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn,
    },
  };
};
