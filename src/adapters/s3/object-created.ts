import * as z from 'zod/mini';

/**
 * That an object is new in a bucket, as EventBridge wraps it. Keys are not URL-encoded here
 * (docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html).
 */
export const ObjectCreated = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), size: z.int() }),
  }),
});
export type ObjectCreated = z.infer<typeof ObjectCreated>;
