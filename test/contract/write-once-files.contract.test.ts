import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateBucketCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type S3Server, startS3Server } from '../../local/aws/s3-server.ts';
import { inMemoryWriteOnceFiles } from '../../src/adapters/in-memory/write-once-files.ts';
import { s3FileStore } from '../../src/adapters/s3/file-store.ts';
import { s3WriteOnceFiles } from '../../src/adapters/s3/write-once-files.ts';
import { describeWriteOnceFiles } from '../support/describe-write-once-files.ts';

let server: S3Server;
let client: S3Client;
let buckets = 0;

const settings = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  requestChecksumCalculation: 'WHEN_REQUIRED',
} as const;

beforeAll(async () => {
  server = await startS3Server();
  client = new S3Client({ ...settings, endpoint: server.endpoint });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
});

const emptyBucket = async (): Promise<{ client: S3Client; bucketName: string }> => {
  buckets += 1;
  const bucketName = `papers-${buckets}`;
  await client.send(new CreateBucketCommand({ Bucket: bucketName }));
  return { client, bucketName };
};

describeWriteOnceFiles('memory', async () => inMemoryWriteOnceFiles());
describeWriteOnceFiles('S3', async () => s3WriteOnceFiles(await emptyBucket()));

describe('a bucket in which nothing is put twice', () => {
  it('takes a key again once its object was deleted, as one that has expired is', async () => {
    const bucket = await emptyBucket();
    const files = s3WriteOnceFiles(bucket);
    await files.putOnce('k', Buffer.from('one'));
    await client.send(new DeleteObjectCommand({ Bucket: bucket.bucketName, Key: 'k' }));
    expect(await files.putOnce('k', Buffer.from('two'))).toBe(true);
  });

  it('counts an object that was put without any condition', async () => {
    const bucket = await emptyBucket();
    await s3FileStore(bucket).put('k', Buffer.from('one'));
    expect(await s3WriteOnceFiles(bucket).putOnce('k', Buffer.from('two'))).toBe(false);
  });

  it('fails where there is no bucket, and does not pass for one that has the object', async () => {
    const files = s3WriteOnceFiles({ client, bucketName: 'none' });
    for (let time = 0; time < 2; time += 1)
      await expect(files.putOnce('k', Buffer.from('one'))).rejects.toMatchObject({
        name: 'NoSuchBucket',
      });
  });

  it('says that trying again can help where S3 could not tell whether it was put', async () => {
    const conflict = '<Error><Code>ConditionalRequestConflict</Code><Message>.</Message></Error>';
    const undecided = createServer((_, response) => response.writeHead(409).end(conflict));
    await new Promise<void>((listening) => undecided.listen(0, '127.0.0.1', listening));
    const { port } = undecided.address() as AddressInfo;
    const conflicting = new S3Client({ ...settings, endpoint: `http://127.0.0.1:${port}` });
    const files = s3WriteOnceFiles({ client: conflicting, bucketName: 'papers' });
    await expect(files.putOnce('k', Buffer.from('one'))).rejects.toMatchObject({
      ...{ code: 'files.conflict', retryable: true, fields: { key: 'k' } },
    });
    conflicting.destroy();
    undecided.close();
  });
});
