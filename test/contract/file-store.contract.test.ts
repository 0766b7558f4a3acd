import { createHash } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { type NewObject, type S3Server, startS3Server } from '../../local/aws/s3-server.ts';
import { type FileStore, s3FileStore } from '../../src/adapters/s3/file-store.ts';

let server: S3Server;
let client: S3Client;
let files: FileStore;
const seen: NewObject[] = [];

beforeAll(async () => {
  server = await startS3Server();
  server.onObject((object) => seen.push(object));
  client = new S3Client({
    ...{ endpoint: server.endpoint, region: 'us-east-1' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await client.send(new CreateBucketCommand({ Bucket: 'statements' }));
  files = s3FileStore({ client, bucketName: 'statements' });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
});

const bytes = Buffer.from([0, 255, 13, 10, 0xef, 0xbb, 0xbf, 65]);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const promised = { sha256, sizeBytes: bytes.length, expiresInSeconds: 900 };

describe('a bucket of files', () => {
  it('has nothing that was not put', async () => {
    expect(await files.get('api/none')).toBeUndefined();
  });

  it('gives back every byte, and tells that the object is new', async () => {
    await files.put('api/some file.xml', bytes);
    expect(Buffer.from((await files.get('api/some file.xml')) ?? [])).toEqual(bytes);
    expect(seen).toContainEqual(
      expect.objectContaining({
        ...{ bucketName: 'statements', key: 'api/some file.xml', sizeBytes: bytes.length },
      }),
    );
  });
});

describe('a signed upload', () => {
  it('lets whoever has it put the file, without any key', async () => {
    const { url, headers } = await files.signUpload({ key: 'api/large', ...promised });
    const answer = await fetch(url, { method: 'PUT', headers, body: bytes });
    expect(answer.status).toBe(200);
    expect(Buffer.from((await files.get('api/large')) ?? [])).toEqual(bytes);
  });

  it('holds the sender to the size and the content: S3 has signed both headers', async () => {
    const { url, headers } = await files.signUpload({ key: 'api/large', ...promised });
    const { searchParams } = new URL(url);
    expect(searchParams.get('X-Amz-SignedHeaders')?.split(';')).toEqual(
      expect.arrayContaining(['content-length', 'host', 'x-amz-checksum-sha256']),
    );
    expect(searchParams.get('X-Amz-Expires')).toBe('900');
    expect(searchParams.has('x-amz-checksum-sha256')).toBe(false);
    expect(searchParams.has('x-amz-checksum-crc32')).toBe(false);
    expect(headers).toEqual({
      'content-length': String(bytes.length),
      'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
    });
  });
});
