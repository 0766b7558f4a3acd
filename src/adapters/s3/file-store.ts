import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** A file that somebody else will put, as exactly these bytes. */
export type PromisedFile = {
  readonly key: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly expiresInSeconds: number;
};

/** What its sender has to send: `PUT` to the URL, with all of these headers. */
export type SignedUpload = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Files in a bucket. */
export type FileStore = {
  /** Undefined where there is no such object. */
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Lets whoever has the URL put this one file. S3 refuses any other size or content. */
  signUpload(file: PromisedFile): Promise<SignedUpload>;
};

const CHECKSUM = 'x-amz-checksum-sha256';

/** Objects of one S3 bucket. */
export const s3FileStore = ({
  client,
  bucketName,
}: {
  readonly client: S3Client;
  readonly bucketName: string;
}): FileStore => ({
  get: async (key) => {
    try {
      const { Body: body } = await client.send(
        new GetObjectCommand({ Bucket: bucketName, Key: key }),
      );
      return await body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  put: async (key, bytes) => {
    await client.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body: bytes }));
  },
  signUpload: async ({ key, sha256, sizeBytes, expiresInSeconds }) => {
    const checksum = Buffer.from(sha256, 'hex').toString('base64');
    const command = new PutObjectCommand({
      ...{ Bucket: bucketName, Key: key, ContentLength: sizeBytes, ChecksumSHA256: checksum },
    });
    // As headers that are signed, not as a part of the URL, which S3 would not hold the body to.
    const url = await getSignedUrl(client, command, {
      expiresIn: expiresInSeconds,
      unhoistableHeaders: new Set([CHECKSUM]),
    });
    return { url, headers: { 'content-length': String(sizeBytes), [CHECKSUM]: checksum } };
  },
});
