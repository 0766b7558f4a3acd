import type { FileArrivals, QueueMapping, Route, Schedule, StreamMapping } from './model.ts';
import { reasonNotHonored } from './property-rules.ts';
import { parseSchedule } from './schedule-expression.ts';
import { type HostedResource, type Note, numberOr } from './template-resource.ts';

/**
 * The name of the function that a name, an ARN, a qualified ARN or an API Gateway invocation URI
 * stands for.
 */
const functionNameOf = (value: unknown): string =>
  /:function:([^:/]+)/.exec(String(value))?.[1] ?? String(value);

const mappingOf = ({ logicalId, property }: HostedResource, defaultBatchSize: number) => ({
  logicalId,
  functionName: functionNameOf(property('FunctionName')),
  sourceArn: String(property('EventSourceArn')),
  batchSize: numberOr(property('BatchSize'), defaultBatchSize),
  batchingWindowSeconds: numberOr(property('MaximumBatchingWindowInSeconds'), 0),
  reportsBatchItemFailures: ((property('FunctionResponseTypes') ?? []) as unknown[]).includes(
    'ReportBatchItemFailures',
  ),
});

const readQueueMapping = (resource: HostedResource): QueueMapping => {
  const scaling = resource.property('ScalingConfig') as { MaximumConcurrency?: number } | undefined;
  const maxConcurrency = scaling?.MaximumConcurrency;
  return {
    ...mappingOf(resource, 10),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency: Number(maxConcurrency) }),
  };
};

/** Lambda spells "without limit" as -1. */
const limitOf = (value: unknown): number | undefined => {
  const limit = numberOr(value, -1);
  return limit === -1 ? undefined : limit;
};

const onFailureArnOf = (resource: HostedResource, note: Note): string | undefined => {
  const { OnFailure } = (resource.property('DestinationConfig') ?? {}) as {
    OnFailure?: { Destination?: string };
  };
  const destination = OnFailure?.Destination;
  if (destination === undefined || destination.includes(':sqs:')) return destination;
  const type = `${resource.type} DestinationConfig`;
  note(resource, { type, reason: `only a queue can be told of failures locally: ${destination}` });
  return undefined;
};

const readStreamMapping = (resource: HostedResource, note: Note): StreamMapping => {
  const { property } = resource;
  const onFailureQueueArn = onFailureArnOf(resource, note);
  const maxRetryAttempts = limitOf(property('MaximumRetryAttempts'));
  const maxRecordAgeSeconds = limitOf(property('MaximumRecordAgeInSeconds'));
  return {
    ...mappingOf(resource, 100),
    startingPosition: property('StartingPosition') === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    bisectsOnError: property('BisectBatchOnFunctionError') === true,
    ...(maxRetryAttempts === undefined ? {} : { maxRetryAttempts }),
    ...(maxRecordAgeSeconds === undefined ? {} : { maxRecordAgeSeconds }),
    ...(onFailureQueueArn === undefined ? {} : { onFailureQueueArn }),
  };
};

export type ReadMapping =
  | { readonly kind: 'queue'; readonly mapping: QueueMapping }
  | { readonly kind: 'stream'; readonly mapping: StreamMapping };

/** Reads an event source mapping, unless it is disabled or its source is neither queue nor stream. */
export const readMapping = (resource: HostedResource, note: Note): ReadMapping | undefined => {
  const { type, property } = resource;
  if (property('Enabled') === false) {
    note(resource, { type, reason: 'the template disables it' });
    return undefined;
  }
  const source = String(property('EventSourceArn'));
  if (source.includes(':sqs:')) return { kind: 'queue', mapping: readQueueMapping(resource) };
  if (/:dynamodb:.*\/stream\//.test(source)) {
    return { kind: 'stream', mapping: readStreamMapping(resource, note) };
  }
  note(resource, { type, reason: `only queues and table streams are polled locally: ${source}` });
  return undefined;
};

/** Reads a route whose integration is a function. */
export const readRoute = (
  resource: HostedResource,
  integrations: readonly HostedResource[],
  note: Note,
): Route | undefined => {
  const { type, property } = resource;
  const target = String(property('Target')).replace('integrations/', '');
  const integration = integrations.find(({ ref }) => ref === target);
  if (integration?.property('IntegrationType') !== 'AWS_PROXY') {
    note(resource, { type, reason: 'only routes to functions are served locally' });
    return undefined;
  }
  return {
    routeKey: String(property('RouteKey')),
    functionName: functionNameOf(integration.property('IntegrationUri')),
    apiId: String(property('ApiId')),
  };
};

type Target = { readonly Arn: string; readonly Input?: string; readonly [name: string]: unknown };

const readTarget = (resource: HostedResource, target: Target, note: Note): Schedule => {
  const { type, logicalId, name, arn } = resource;
  for (const [property, value] of Object.entries(target)) {
    const targetType = `${type} Target`;
    const reason = reasonNotHonored(targetType, property, value);
    if (reason !== undefined) note(resource, { type: `${targetType} ${property}`, reason });
  }
  return {
    logicalId,
    name,
    arn,
    source: type === 'AWS::Scheduler::Schedule' ? 'aws.scheduler' : 'aws.events',
    expression: String(resource.property('ScheduleExpression')),
    functionName: functionNameOf(target.Arn),
    ...(target.Input === undefined ? {} : { input: JSON.parse(target.Input) }),
  };
};

/** Reads a schedule: one entry per target, since each ticks by itself. */
export const readSchedules = (resource: HostedResource, note: Note): Schedule[] => {
  const { type, property } = resource;
  if (property('State') === 'DISABLED') {
    note(resource, { type, reason: 'the template disables it' });
    return [];
  }
  const expression = property('ScheduleExpression');
  if (expression === undefined) {
    if (readFileArrivals(resource) !== undefined) return [];
    note(resource, { type, reason: 'event patterns are not matched locally' });
    return [];
  }
  if (parseSchedule(String(expression)) === undefined) {
    note(resource, { type, reason: `this schedule is not understood locally: ${expression}` });
    return [];
  }
  const targets = (property('Targets') ?? [property('Target')]) as readonly Target[];
  return targets.map((target) => readTarget(resource, target, note));
};

type Pattern = {
  readonly source?: readonly string[];
  readonly 'detail-type'?: readonly string[];
  readonly detail?: { readonly bucket?: { readonly name?: readonly string[] } };
};

/** Reads a rule that tells one queue of one bucket's new objects: the one pattern that is matched. */
export const readFileArrivals = ({
  logicalId,
  property,
}: HostedResource): FileArrivals | undefined => {
  const { source, detail, ...pattern } = (property('EventPattern') ?? {}) as Pattern;
  const [bucketName, another] = detail?.bucket?.name ?? [];
  const [target, second] = (property('Targets') ?? []) as readonly Target[];
  const isArrivals =
    source?.join() === 'aws.s3' && pattern['detail-type']?.join() === 'Object Created';
  const isOne = another === undefined && second === undefined;
  if (!isArrivals || !isOne || bucketName === undefined) return undefined;
  return target?.Arn.includes(':sqs:')
    ? { logicalId, bucketName, queueArn: target.Arn }
    : undefined;
};
