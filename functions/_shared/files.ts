import { S3Client } from '@aws-sdk/client-s3';
import { type FileStore, s3FileStore } from '../../src/adapters/s3/file-store.ts';
import { s3WriteOnceFiles } from '../../src/adapters/s3/write-once-files.ts';
import type { WriteOnceFiles } from '../../src/platform/write-once-files.ts';

/** A checksum is sent where it is asked for; uploads that we sign carry theirs. */
const s3 = (): S3Client =>
  new S3Client({ maxAttempts: 3, requestChecksumCalculation: 'WHEN_REQUIRED' });

/** The files of a bucket. */
export const filesIn = (bucketName: string): FileStore => s3FileStore({ client: s3(), bucketName });

/** The files of a bucket in which nothing is ever put twice. */
export const writeOnceFilesIn = (bucketName: string): WriteOnceFiles =>
  s3WriteOnceFiles({ client: s3(), bucketName });
