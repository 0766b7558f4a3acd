import { createHash } from 'node:crypto';
import type { AssemblyStack, TemplateResource, TemplateValue } from './assembly.ts';
import type { AwsEnvironment, Identity } from './intrinsics.ts';

/** What the servers gave to the resources that were made on them, by table and queue name. */
export type PhysicalIds = {
  readonly streamArns: ReadonlyMap<string, string>;
  readonly queueUrls: ReadonlyMap<string, string>;
  readonly queueArns: ReadonlyMap<string, string>;
  /** Where the HTTP routes are served. */
  readonly apiEndpoint: string;
};

/** The ids that stand in until the servers have given theirs. */
export const assumedIds: PhysicalIds = {
  streamArns: new Map(),
  queueUrls: new Map(),
  queueArns: new Map(),
  apiEndpoint: 'http://127.0.0.1',
};

type Question = {
  readonly name: string;
  readonly environment: AwsEnvironment;
  readonly physical: PhysicalIds;
  readonly property: (name: string) => unknown;
};

type Rule = {
  /** The property that holds the physical name, where the template gives one. */
  readonly nameProperty?: string;
  readonly longestName?: number;
  readonly identify: (question: Question) => Identity;
};

const arn = (service: string, { region, accountId }: AwsEnvironment, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** The six characters that Secrets Manager adds to a secret's name, here the same each time. */
const secretSuffix = (name: string): string =>
  createHash('sha256').update(name).digest('hex').slice(0, 6);

const table: Rule = {
  nameProperty: 'TableName',
  longestName: 255,
  identify: ({ name, environment, physical }) => {
    const tableArn = arn('dynamodb', environment, `table/${name}`);
    const streamArn = physical.streamArns.get(name) ?? `${tableArn}/stream/assumed`;
    return { ref: name, attributes: { Arn: tableArn, StreamArn: streamArn } };
  },
};

/** A version or an alias runs the same code as its function. */
const qualified = (property: string): Rule => ({
  identify: ({ environment, property: read }) => {
    const functionName = String(read('FunctionName')).split(':function:').at(-1) ?? '';
    const functionArn = arn('lambda', environment, `function:${functionName}`);
    const qualifiedArn = `${functionArn}:${read(property) ?? 1}`;
    return { ref: qualifiedArn, attributes: { FunctionArn: qualifiedArn, Version: '1' } };
  },
});

const rules: Readonly<Record<string, Rule>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    longestName: 80,
    identify: ({ name, environment, physical }) => {
      const url =
        physical.queueUrls.get(name) ?? `http://sqs.assumed/${environment.accountId}/${name}`;
      const queueArn = physical.queueArns.get(name) ?? arn('sqs', environment, name);
      return { ref: url, attributes: { Arn: queueArn, QueueName: name, QueueUrl: url } };
    },
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    longestName: 63,
    identify: ({ name, environment: { region } }) => {
      // S3 takes no capital letters, and CloudFormation writes none into the names that it makes.
      const bucketName = name.toLowerCase();
      const RegionalDomainName = `${bucketName}.s3.${region}.amazonaws.com`;
      return {
        ref: bucketName,
        attributes: { Arn: `arn:aws:s3:::${bucketName}`, RegionalDomainName },
      };
    },
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    longestName: 512,
    identify: ({ name, environment }) => {
      const resource = `secret:${name}-${secretSuffix(name)}`;
      const secretArn = arn('secretsmanager', environment, resource);
      return { ref: secretArn, attributes: { Id: secretArn, Arn: secretArn } };
    },
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    longestName: 64,
    identify: ({ name, environment }) => ({
      ref: name,
      attributes: { Arn: arn('lambda', environment, `function:${name}`) },
    }),
  },
  'AWS::Lambda::Version': qualified('Version'),
  'AWS::Lambda::Alias': qualified('Name'),
  'AWS::ApiGatewayV2::Api': {
    identify: ({ name, physical }) => ({
      ref: name,
      attributes: { ApiId: name, ApiEndpoint: physical.apiEndpoint },
    }),
  },
  'AWS::CloudFront::Function': {
    identify: ({ name, environment }) => {
      const FunctionARN = arn('cloudfront', environment, `function/${name}`);
      return { ref: FunctionARN, attributes: { Arn: FunctionARN, FunctionARN } };
    },
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    longestName: 64,
    identify: ({ name, environment }) => ({
      ref: name,
      attributes: { Arn: arn('events', environment, `rule/${name}`) },
    }),
  },
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    longestName: 64,
    identify: ({ name, environment }) => ({
      ref: name,
      attributes: { Arn: arn('scheduler', environment, `schedule/default/${name}`) },
    }),
  },
};

/** A resource that is not hosted still has a name and an ARN that environments may hold. */
const notHosted: Rule = {
  identify: ({ name, environment }) => ({
    ref: name,
    attributes: { Arn: arn('not-hosted', environment, name) },
  }),
};

export type IdentifySettings = {
  readonly environment: AwsEnvironment;
  readonly physical: PhysicalIds;
  readonly resolve: (stack: AssemblyStack, value: TemplateValue | undefined) => unknown;
};

/**
 * Tells the name, `Ref` and attributes of a resource, as CloudFormation would once it exists. A name
 * that the template leaves open is `<stack>-<logical id>`, cut from the front to what AWS allows.
 */
export const identifyResource = (
  { environment, physical, resolve }: IdentifySettings,
  stack: AssemblyStack,
  { logicalId, resource }: { logicalId: string; resource: TemplateResource },
): Identity & { readonly name: string } => {
  const rule = rules[resource.Type] ?? notHosted;
  const property = (name: string) => resolve(stack, resource.Properties?.[name]);
  const given = rule.nameProperty === undefined ? undefined : property(rule.nameProperty);
  const suffix = property('FifoQueue') === true ? '.fifo' : '';
  const generated = `${stack.stackName}-${logicalId}${suffix}`.slice(-(rule.longestName ?? 255));
  const name = String(given ?? generated.replace(/^-/, ''));
  return { name, ...rule.identify({ name, environment, physical, property }) };
};
