import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { CodedError } from '../../platform/errors.ts';
import type { WriteOnceFiles } from '../../platform/write-once-files.ts';
import { s3FileStore } from './file-store.ts';

/**
 * Objects of one S3 bucket, each put on the condition that there is none under its key. To read, the role
 * also needs `s3:ListBucket`: without it S3 says that access is denied where there is no such object.
 */
export const s3WriteOnceFiles = (options: {
  readonly client: S3Client;
  readonly bucketName: string;
}): WriteOnceFiles => ({
  get: s3FileStore(options).get,
  putOnce: async (key, bytes) => {
    const { client, bucketName } = options;
    const put = { Bucket: bucketName, Key: key, Body: bytes, IfNoneMatch: '*' };
    try {
      await client.send(new PutObjectCommand(put));
      return true;
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
      if (error.name === 'PreconditionFailed') return false;
      if (error.name === 'ConditionalRequestConflict') throw conflict(key, error);
      throw error;
    }
  },
});

/** What S3 answers where an object under this key was deleted meanwhile: nothing was decided. */
const conflict = (key: string, cause: Error): CodedError =>
  new CodedError({
    code: 'files.conflict',
    message: `Whether ${key} was put can't be told.`,
    retryable: true,
    fields: { key },
    cause,
  });
