import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { BucketAlreadyOwnedByYou, CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { PhysicalIds } from './identities.ts';
import type { BucketModel, Model, QueueModel, TableModel } from './model.ts';

export type ProvisionSettings = {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  /** Replaces the visibility timeout of every queue, so that a crash is redelivered sooner. */
  readonly visibilityTimeoutSeconds?: number;
};

const activationTimeoutMs = 30_000;

const waitUntilActive = async (
  dynamodb: DynamoDBClient,
  { name }: TableModel,
): Promise<TableDescription> => {
  const deadlineMs = Date.now() + activationTimeoutMs;
  while (Date.now() < deadlineMs) {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return Table;
    await delay(5);
  }
  throw new Error(`The table ${name} did not become active in ${activationTimeoutMs} ms`);
};

/** A server outside of this process may have kept the table from an earlier run. */
const createTable = async (dynamodb: DynamoDBClient, table: TableModel) => {
  try {
    await dynamodb.send(new CreateTableCommand(table.definition));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  return waitUntilActive(dynamodb, table);
};

const createTables = async (dynamodb: DynamoDBClient, tables: readonly TableModel[]) => {
  const descriptions = await Promise.all(tables.map((table) => createTable(dynamodb, table)));
  return new Map(
    descriptions.flatMap(({ TableName, LatestStreamArn }): [string, string][] =>
      TableName === undefined || LatestStreamArn === undefined
        ? []
        : [[TableName, LatestStreamArn]],
    ),
  );
};

/** Creates a queue, and sets its attributes apart: a server may have kept it with others. */
const createQueue = async (
  { sqs, visibilityTimeoutSeconds }: ProvisionSettings,
  { name, attributes }: QueueModel,
) => {
  const { FifoQueue, ...settable } = attributes;
  const visibility =
    visibilityTimeoutSeconds === undefined
      ? {}
      : { VisibilityTimeout: String(visibilityTimeoutSeconds) };
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      ...(FifoQueue === undefined ? {} : { Attributes: { FifoQueue } }),
    }),
  );
  const Attributes = { ...settable, ...visibility };
  if (Object.keys(Attributes).length > 0) {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  }
  const answer = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return { name, url: String(QueueUrl), arn: String(answer.Attributes?.QueueArn) };
};

const createQueues = async (settings: ProvisionSettings, queues: readonly QueueModel[]) => {
  const created = await Promise.all(queues.map((queue) => createQueue(settings, queue)));
  const urls = new Map(created.map(({ name, url }) => [name, url]));
  const arns = new Map(created.map(({ name, arn }) => [name, arn]));
  await Promise.all(
    queues.map(async ({ name, redrive }) => {
      if (redrive === undefined) return;
      const target = queues.find(({ arn }) => arn === redrive.deadLetterArn);
      const policy = {
        deadLetterTargetArn: arns.get(target?.name ?? '') ?? redrive.deadLetterArn,
        maxReceiveCount: redrive.maxReceiveCount,
      };
      await settings.sqs.send(
        new SetQueueAttributesCommand({
          QueueUrl: urls.get(name),
          Attributes: { RedrivePolicy: JSON.stringify(policy) },
        }),
      );
    }),
  );
  return { urls, arns };
};

const createBucket = async (s3: S3Client, { name }: BucketModel): Promise<void> => {
  try {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
};

/**
 * Makes the tables, buckets and queues of a model through their own APIs, redrive policies last, when every
 * dead-letter queue has its ARN.
 *
 * @returns the ids that the servers gave.
 */
export const provision = async (
  { tables, buckets, queues }: Pick<Model, 'tables' | 'buckets' | 'queues'>,
  settings: ProvisionSettings,
): Promise<Omit<PhysicalIds, 'apiEndpoint'>> => {
  const [streamArns, { urls, arns }] = await Promise.all([
    createTables(settings.dynamodb, tables),
    createQueues(settings, queues),
    ...buckets.map((bucket) => createBucket(settings.s3, bucket)),
  ]);
  return { streamArns, queueUrls: urls, queueArns: arns };
};
