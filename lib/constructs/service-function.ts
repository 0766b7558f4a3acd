import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Duration, Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { physicalName } from '../names.ts';
import type { Settings } from '../settings.ts';
import type { DataTable } from './data-table.ts';
import type { FileBucket } from './file-bucket.ts';
import type { OperatorSecret } from './operator-secret.ts';

/** What every function of a stage shares. */
export type ServiceContext = {
  readonly stage: string;
  readonly settings: Settings;
  readonly code: (name: FunctionName) => lambda.Code;
};

export type ServiceFunctionProps = {
  readonly name: FunctionName;
  readonly context: ServiceContext;
  readonly timeout: Duration;
  readonly reservedConcurrency?: number | undefined;
  /** Default: 512. */
  readonly memoryMegabytes?: number | undefined;
};

/**
 * A Lambda function of the product.
 *
 * Defaults: Node 24 on arm64, 512 MB, the handler of its own bundle, a role of its own that at first
 * may write to its own log group and nothing else, JSON logs kept for 90 days (and kept when the
 * stack is deleted), no tracer, no source maps.
 *
 * Verbs (`reads`, `writes`, `sendsTo`, `readsSecret`, `readsFiles`, `addsFiles`, `keepsFiles`) set the environment variable and grant the
 * access that goes with it, so that neither exists without the other.
 */
export class ServiceFunction extends Construct {
  readonly name: FunctionName;
  readonly function: lambda.Function;
  readonly role: iam.Role;
  private readonly configured = new Set<string>();

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { name, context } = props;
    this.name = name;
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.function = new lambda.Function(this, 'Function', {
      functionName: physicalName(context.stage, name),
      code: context.code(name),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      ...(props.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrency }),
    });
    this.configure({
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: 'Tradelane',
      LOG_LEVEL: context.settings.logLevel,
    });
  }

  /** Adds variables to the environment. Setting one twice is an error, never an overwrite. */
  configure(variables: Readonly<Record<string, string>>): this {
    for (const [name, value] of Object.entries(variables)) {
      if (this.configured.has(name)) throw new Error(`${this.node.path} already has ${name}`);
      this.configured.add(name);
      this.function.addEnvironment(name, value);
    }
    return this;
  }

  /**
   * Adds one statement to the role. Actions and resources are given in full, without wildcards; only
   * the objects of a bucket have no names before they are there.
   */
  allow(actions: readonly string[], resources: readonly string[]): this {
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: [...actions], resources: [...resources] }),
    );
    return this;
  }

  /** Reads a table and its indexes, and knows it as `<BINDING>_TABLE`. */
  reads(data: DataTable): this {
    return this.bindTable(data, data.readActions);
  }

  /** Reads and writes. What writing means is the table's own rule: events can only be appended. */
  writes(data: DataTable): this {
    return this.bindTable(data, [...data.readActions, ...data.writeActions]);
  }

  /** Sends to a queue, and knows it as `QUEUE_URL_<BINDING>`. */
  sendsTo(queue: sqs.IQueue, binding: string): this {
    this.allow(['sqs:SendMessage'], [queue.queueArn]);
    return this.configure({ [`QUEUE_URL_${binding}`]: queue.queueUrl });
  }

  /** Counts what lies on queues, and knows them as `<BINDING>_QUEUE_URLS`, with commas between. */
  counts(queues: readonly sqs.IQueue[], binding: string): this {
    this.allow(
      ['sqs:GetQueueAttributes'],
      queues.map(({ queueArn }) => queueArn),
    );
    const urls = Fn.join(
      ',',
      queues.map(({ queueUrl }) => queueUrl),
    );
    return this.configure({ [`${binding}_QUEUE_URLS`]: urls });
  }

  /** Reads one secret's current value, and knows it as `<BINDING>_SECRET_ARN`. */
  readsSecret({ binding, secret }: OperatorSecret): this {
    this.allow(['secretsmanager:GetSecretValue'], [secret.secretArn]);
    return this.configure({ [`${binding}_SECRET_ARN`]: secret.secretArn });
  }

  /** Reads the objects of a bucket, and knows it as `<BINDING>_BUCKET`. */
  readsFiles({ binding, bucket }: FileBucket): this {
    this.allow(['s3:GetObject'], [bucket.arnForObjects('*')]);
    return this.configure({ [`${binding}_BUCKET`]: bucket.bucketName });
  }

  /** Adds objects to a bucket, by itself or by URLs that it signs, and knows it as `<BINDING>_BUCKET`. */
  addsFiles({ binding, bucket }: FileBucket): this {
    this.allow(['s3:PutObject'], [bucket.arnForObjects('*')]);
    return this.configure({ [`${binding}_BUCKET`]: bucket.bucketName });
  }

  /**
   * Reads the objects of a bucket and adds others, and knows it as `<BINDING>_BUCKET`. It may list them,
   * because whoever may not is told by S3 that access is denied where there is no such object.
   */
  keepsFiles({ binding, bucket }: FileBucket): this {
    this.allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('*')]);
    this.allow(['s3:ListBucket'], [bucket.bucketArn]);
    return this.configure({ [`${binding}_BUCKET`]: bucket.bucketName });
  }

  private bindTable(data: DataTable, actions: readonly string[]): this {
    this.allow(actions, [data.table.tableArn]);
    if (data.indexArns.length > 0) this.allow(['dynamodb:Query'], data.indexArns);
    return this.configure({ [`${data.binding}_TABLE`]: data.table.tableName });
  }
}
