import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, type CacheControl, type ISource } from 'aws-cdk-lib/aws-s3-deployment';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export type SiteFilesProps = {
  readonly sources: readonly ISource[];
  /** Under which keys they lie: `console/assets`. */
  readonly prefix: string;
  readonly cacheControl: readonly CacheControl[];
};

/** How long a page that was replaced can still be brought back. */
const EARLIER_VERSIONS_DAYS = 90;

/**
 * A bucket for the files of a site, and what fills it in a deployment.
 *
 * Defaults: named by CloudFormation, encrypted by S3, no public access, owner's objects only, TLS only,
 * versioned, with earlier versions kept for 90 days; kept when the stack is deleted.
 *
 * The function that fills it is CDK's own, which runs in a deployment only. Its role is written here: it
 * reads what CDK has uploaded, lists and puts, and may not delete, so that a page that is open still
 * finds the script that it names.
 */
export class SiteBucket extends Construct {
  readonly bucket: s3.IBucket;
  private readonly role: iam.Role;
  private readonly logGroup: logs.LogGroup;
  private last: BucketDeployment | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new s3.Bucket(this, 'Default', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          id: 'expire-earlier-versions',
          noncurrentVersionExpiration: Duration.days(EARLIER_VERSIONS_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // CDK's class leaves undefined what its interface leaves out, which our compiler tells apart.
    this.bucket = bucket as s3.IBucket;
    this.logGroup = new logs.LogGroup(this, 'DeploymentLogGroup', {
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = new iam.Role(this, 'DeploymentRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    this.allow(['s3:ListBucket'], this.bucket.bucketArn);
    this.allow(['s3:PutObject'], this.bucket.arnForObjects('*'));
  }

  /** Puts files there, after those that were added before. */
  add(id: string, { sources, prefix, cacheControl }: SiteFilesProps): this {
    const deployment = new BucketDeployment(this, id, {
      sources: sources.map((source) => this.granted(source)),
      destinationBucket: this.bucket,
      destinationKeyPrefix: prefix,
      cacheControl: [...cacheControl],
      prune: false,
      outputObjectKeys: false,
      role: this.role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
    });
    if (this.last !== undefined) {
      // One function serves all deployments of a stack, with the layer that the first gave it.
      deployment.node.tryRemoveChild('AwsCliLayer');
      deployment.node.addDependency(this.last);
    }
    this.last = deployment;
    return this;
  }

  /**
   * A source whose archive the role may read. It may read any of the bucket that CDK uploads to: a policy
   * that changed with each archive would take effect seconds after the function has asked.
   */
  private granted(source: ISource): ISource {
    return {
      bind: (scope, context) => {
        const bound = source.bind(scope, context);
        this.allow(['s3:GetObject'], bound.bucket.arnForObjects('*'));
        return bound;
      },
    };
  }

  private allow(actions: readonly string[], resource: string): void {
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: [...actions], resources: [resource] }),
    );
  }
}
