import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export type FileBucketProps = {
  /** The bucket as the functions know it: `STATEMENTS` becomes their `STATEMENTS_BUCKET`. */
  readonly binding: string;
  /** After which an object is deleted. */
  readonly keptFor: Duration;
  /** With which the keys of those begin that are deleted. Default: all. */
  readonly expiringPrefix?: string;
  /**
   * `uploads`: others put them, browsers too, by URLs that we sign, and we hear of each. `write-once`: only we
   * put them, under the condition that there is none under their key; without it everybody is refused.
   */
  readonly filled: 'uploads' | 'write-once';
};

/**
 * A bucket for files that hold personal data.
 *
 * Defaults: named by CloudFormation, encrypted by S3, no public access, owner's objects only, TLS
 * only; objects and unfinished uploads expire; kept when the stack is deleted.
 */
export class FileBucket extends Construct {
  readonly bucket: s3.Bucket;
  readonly binding: string;

  /** Where signed URLs of its objects lead to. */
  get origin(): string {
    return `https://${this.bucket.bucketName}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  }

  constructor(scope: Construct, id: string, props: FileBucketProps) {
    super(scope, id);
    const { binding, keptFor, expiringPrefix, filled } = props;
    this.binding = binding;
    this.bucket = new s3.Bucket(this, 'Default', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      ...(filled === 'uploads' ? { cors: [byBrowsers] } : {}),
      lifecycleRules: [
        {
          id: 'expire',
          expiration: keptFor,
          ...(expiringPrefix === undefined ? {} : { prefix: expiringPrefix }),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (filled === 'uploads') this.tellsOfArrivals();
    else this.refusesToReplace();
  }

  /**
   * Every new object is told to EventBridge, which needs nothing from the stack that listens. The bucket's
   * own property: CDK's `eventBridgeEnabled` would deploy a function to set it.
   */
  private tellsOfArrivals(): void {
    const { defaultChild } = this.bucket.node;
    (defaultChild as s3.CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }

  /** What was put stays until it expires, whoever asks. Parts and copies, which take no condition, are refused, too. */
  private refusesToReplace(): void {
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'WriteOnce',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
  }
}

/** A signed URL lets somebody in, wherever their page comes from; this lets browsers use one. */
const byBrowsers: s3.CorsRule = {
  allowedMethods: [s3.HttpMethods.PUT],
  allowedOrigins: ['*'],
  allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
  maxAge: 3_600,
};
