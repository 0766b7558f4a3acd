import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** Names of one hosted resource. `logicalId` is unique within its stack only. */
export type ResourceNames = {
  readonly stackName: string;
  readonly logicalId: string;
  /** The physical name: what the table, queue, function or secret is called. */
  readonly name: string;
  readonly arn: string;
};

export type TableModel = ResourceNames & { readonly definition: CreateTableCommandInput };

export type BucketModel = ResourceNames;

/** Every new object of a bucket, told to a queue by an EventBridge rule. */
export type FileArrivals = {
  readonly logicalId: string;
  readonly bucketName: string;
  readonly queueArn: string;
};

export type QueueModel = ResourceNames & {
  /** The SQS attributes, as SQS spells them, without the redrive policy. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
};

export type SecretModel = ResourceNames & {
  /** The value that the template gives or tells how to generate. */
  readonly templateValue?: () => string;
};

export type FunctionModel = ResourceNames & {
  /** The absolute directory that Lambda would unpack. */
  readonly assetPath: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly reservedConcurrency?: number;
};

type Mapping = {
  readonly logicalId: string;
  readonly functionName: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
};

export type QueueMapping = Mapping & { readonly maxConcurrency?: number };

export type StreamMapping = Mapping & {
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly bisectsOnError: boolean;
  /** How many retries follow the first attempt; absent for as many as it takes. */
  readonly maxRetryAttempts?: number;
  /** Records older than this are given up; absent for never. */
  readonly maxRecordAgeSeconds?: number;
  /** The queue that is told of what was given up. */
  readonly onFailureQueueArn?: string;
};

export type Route = {
  /** As the template spells it: `POST /v1/trades`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  /** The logical id of the API, for events and for telling routes of two APIs apart. */
  readonly apiId: string;
};

export type Schedule = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly source: 'aws.events' | 'aws.scheduler';
  /** `rate(…)` or `cron(…)`. */
  readonly expression: string;
  readonly functionName: string;
  /** What the function is given instead of the usual event. */
  readonly input?: unknown;
};

/** Files that a deployment puts into a site's bucket. */
export type SiteFolder = {
  /** The absolute directory that is unpacked there. */
  readonly directory: string;
  /** The beginning of their keys, without a slash at its end. */
  readonly prefix: string;
  readonly cacheControl: string | undefined;
};

/** What a distribution serves of a bucket. Behaviors that lead to the API are the local port itself. */
export type SiteModel = {
  readonly logicalId: string;
  readonly folders: readonly SiteFolder[];
  /** What every answer carries, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The source of the function that runs on each request, if there is one. */
  readonly onRequest: string | undefined;
};

/** Something in the template that is not hosted, or not enforced, and why. */
export type NotHosted = {
  /** A resource type, or a type and its property: `AWS::SQS::Queue FifoQueue`. */
  readonly type: string;
  readonly count: number;
  readonly reason: string;
  readonly logicalIds: readonly string[];
};

/** What a cloud assembly asks to be hosted. */
export type Model = {
  readonly tables: readonly TableModel[];
  readonly buckets: readonly BucketModel[];
  readonly queues: readonly QueueModel[];
  readonly secrets: readonly SecretModel[];
  readonly functions: readonly FunctionModel[];
  readonly queueMappings: readonly QueueMapping[];
  readonly streamMappings: readonly StreamMapping[];
  readonly routes: readonly Route[];
  readonly schedules: readonly Schedule[];
  readonly fileArrivals: readonly FileArrivals[];
  readonly sites: readonly SiteModel[];
  readonly notHosted: readonly NotHosted[];
};
