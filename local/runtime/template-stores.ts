import { randomBytes } from 'node:crypto';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { BucketModel, QueueModel, SecretModel, TableModel } from './model.ts';
import { type HostedResource, namesOf } from './template-resource.ts';

type IndexDefinition = { readonly IndexName: string; readonly [name: string]: unknown };

/** The parts of an index that CreateTable takes; CloudFormation allows more. */
const indexOf = ({ IndexName, KeySchema, Projection, ProvisionedThroughput }: IndexDefinition) => ({
  IndexName,
  KeySchema,
  Projection,
  ...(ProvisionedThroughput === undefined ? {} : { ProvisionedThroughput }),
});

const indexesOf = ({ property }: HostedResource, name: string) => {
  const indexes = property(name) as readonly IndexDefinition[] | undefined;
  return indexes === undefined ? {} : { [name]: indexes.map(indexOf) };
};

/** CloudFormation enables a stream by naming a view type; CreateTable wants to be told. */
const streamOf = ({ property }: HostedResource) => {
  const specification = property('StreamSpecification') as { StreamViewType: string } | undefined;
  if (specification === undefined) return {};
  const { StreamViewType } = specification;
  return { StreamSpecification: { StreamEnabled: true, StreamViewType } };
};

export const readTable = (resource: HostedResource): TableModel => {
  const throughput = resource.property('ProvisionedThroughput');
  const definition = {
    TableName: resource.name,
    AttributeDefinitions: resource.property('AttributeDefinitions'),
    KeySchema: resource.property('KeySchema'),
    ...(throughput === undefined
      ? { BillingMode: 'PAY_PER_REQUEST' }
      : { BillingMode: 'PROVISIONED', ProvisionedThroughput: throughput }),
    ...indexesOf(resource, 'GlobalSecondaryIndexes'),
    ...indexesOf(resource, 'LocalSecondaryIndexes'),
    ...streamOf(resource),
  } as CreateTableCommandInput;
  return { ...namesOf(resource), definition };
};

/** `Ref` has the name as S3 allows it. */
export const readBucket = (resource: HostedResource): BucketModel => ({
  ...namesOf(resource),
  name: resource.ref,
});

const queueAttributes = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

export const readQueue = (resource: HostedResource): QueueModel => {
  const redrive = resource.property('RedrivePolicy') as
    | { deadLetterTargetArn: string; maxReceiveCount: number | string }
    | undefined;
  const attributes = queueAttributes
    .map((name): [string, unknown] => [name, resource.property(name)])
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return {
    ...namesOf(resource),
    attributes: Object.fromEntries(attributes),
    ...(redrive === undefined
      ? {}
      : {
          redrive: {
            deadLetterArn: redrive.deadLetterTargetArn,
            maxReceiveCount: Number(redrive.maxReceiveCount),
          },
        }),
  };
};

type Generation = {
  readonly PasswordLength?: number;
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
};

/** Random letters and digits: within every set of characters that a template can ask for. */
const randomCharacters = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, length);

const generate = ({ PasswordLength = 32, ...generation }: Generation): string => {
  const password = randomCharacters(PasswordLength);
  if (generation.GenerateStringKey === undefined) return password;
  const fields = JSON.parse(generation.SecretStringTemplate ?? '{}');
  return JSON.stringify({ ...fields, [generation.GenerateStringKey]: password });
};

export const readSecret = (resource: HostedResource): SecretModel => {
  const given = resource.property('SecretString');
  if (typeof given === 'string') return { ...namesOf(resource), templateValue: () => given };
  const generation = resource.property('GenerateSecretString') as Generation | undefined;
  if (generation === undefined) return namesOf(resource);
  return { ...namesOf(resource), templateValue: () => generate(generation) };
};
