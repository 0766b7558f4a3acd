import { randomUUID } from 'node:crypto';
import type { NewObject } from '../aws/s3-server.ts';
import type { AwsEnvironment } from './intrinsics.ts';

/** What EventBridge sends of a new object, in Amazon S3's own form. */
export const objectCreatedEvent = (
  { bucketName, key, sizeBytes, etag, createdAtMs }: NewObject,
  { accountId, region }: AwsEnvironment,
) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: accountId,
  time: new Date(createdAtMs).toISOString(),
  region,
  resources: [`arn:aws:s3:::${bucketName}`],
  detail: {
    version: '0',
    bucket: { name: bucketName },
    object: { key, size: sizeBytes, etag, sequencer: createdAtMs.toString(16).toUpperCase() },
    'request-id': randomUUID(),
    requester: accountId,
    reason: 'PutObject',
  },
});
