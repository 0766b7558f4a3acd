import { S3Client } from '@aws-sdk/client-s3';
import { type FileStore, s3FileStore } from '../../src/adapters/s3/file-store.ts';

/** The files of a bucket. A checksum is sent where it is asked for; uploads that we sign carry theirs. */
export const filesIn = (bucketName: string): FileStore =>
  s3FileStore({
    client: new S3Client({ maxAttempts: 3, requestChecksumCalculation: 'WHEN_REQUIRED' }),
    bucketName,
  });
