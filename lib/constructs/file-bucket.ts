import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export type FileBucketProps = {
  /** The bucket as the functions know it: `STATEMENTS` becomes their `STATEMENTS_BUCKET`. */
  readonly binding: string;
  /** After which an object is deleted. */
  readonly keptFor: Duration;
};

/**
 * A bucket for files that others give us, which hold personal data.
 *
 * Defaults: named by CloudFormation, encrypted by S3, no public access, owner's objects only, TLS
 * only; browsers may put by a signed URL; objects and unfinished uploads expire; every new object is told to EventBridge, which needs
 * nothing from the stack that listens; kept when the stack is deleted, until its objects have expired.
 */
export class FileBucket extends Construct {
  readonly bucket: s3.Bucket;
  readonly binding: string;

  /** Where signed URLs of its objects lead to. */
  get origin(): string {
    return `https://${this.bucket.bucketName}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  }

  constructor(scope: Construct, id: string, { binding, keptFor }: FileBucketProps) {
    super(scope, id);
    this.binding = binding;
    this.bucket = new s3.Bucket(this, 'Default', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // A signed URL lets somebody in, wherever their page comes from; this lets browsers use one.
      cors: [
        {
          allowedMethods: [s3.HttpMethods.PUT],
          allowedOrigins: ['*'],
          allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
          maxAge: 3_600,
        },
      ],
      lifecycleRules: [
        {
          id: 'expire',
          expiration: keptFor,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The bucket's own property. CDK's `eventBridgeEnabled` would deploy a function to set it.
    const { defaultChild } = this.bucket.node;
    (defaultChild as s3.CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }
}
