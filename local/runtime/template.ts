import type { Assembly, AssemblyStack } from './assembly.ts';
import { assumedIds, identifyResource, type PhysicalIds } from './identities.ts';
import { type AwsEnvironment, createResolver, type Identity } from './intrinsics.ts';
import type { FunctionModel, Model, Route } from './model.ts';
import { isHostedType, reasonNotHonored, reasonNotHosted } from './property-rules.ts';
import { readFunction } from './template-functions.ts';
import { createNotes, type HostedResource, type Note } from './template-resource.ts';
import { readSites } from './template-sites.ts';
import { readBucket, readQueue, readSecret, readTable } from './template-stores.ts';
import { readFileArrivals, readMapping, readRoute, readSchedules } from './template-triggers.ts';

const mappingType = 'AWS::Lambda::EventSourceMapping';
const scheduleTypes = ['AWS::Events::Rule', 'AWS::Scheduler::Schedule'];

export type TemplateSettings = {
  readonly environment: AwsEnvironment;
  /** What the servers named the resources, once they exist. */
  readonly physical?: PhysicalIds;
};

const readResources = (
  assembly: Assembly,
  { environment, physical = assumedIds }: TemplateSettings,
): HostedResource[] => {
  const known = new Map<string, Identity & { readonly name: string }>();
  const identityOf = (stack: AssemblyStack, logicalId: string) => {
    const resource = stack.template.Resources?.[logicalId];
    if (resource === undefined) return undefined;
    const key = `${stack.stackName}/${logicalId}`;
    const identity =
      known.get(key) ??
      identifyResource({ environment, physical, resolve }, stack, { logicalId, resource });
    known.set(key, identity);
    return identity;
  };
  const resolve = createResolver({ assembly, environment, identityOf });

  return assembly.stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {}).map(([logicalId, resource]) => {
      const raw = resource.Properties ?? {};
      const identity = identityOf(stack, logicalId);
      return {
        type: resource.Type,
        stack,
        logicalId,
        raw,
        name: identity?.name ?? logicalId,
        ref: identity?.ref ?? logicalId,
        arn: identity?.attributes['Arn'] ?? '',
        property: (name) => resolve(stack, raw[name]),
        metadata: resource.Metadata ?? {},
      };
    }),
  );
};

const noteWhatIsNotHosted = (resources: readonly HostedResource[], note: Note) => {
  for (const resource of resources) {
    const { type, raw } = resource;
    if (!isHostedType(type)) note(resource, { type, reason: reasonNotHosted(type) });
    else {
      for (const [property, value] of Object.entries(raw)) {
        const reason = reasonNotHonored(type, property, value);
        if (reason !== undefined) note(resource, { type: `${type} ${property}`, reason });
      }
    }
  }
};

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** Two APIs share the one local port, so the first of two equal routes answers. */
const noteRepeatedRoutes = (routes: readonly Route[], note: Note) => {
  const seen = new Set<string>();
  for (const { routeKey, apiId } of routes) {
    const reason = `another API already serves ${routeKey} on the local port`;
    if (seen.has(routeKey))
      note({ logicalId: apiId }, { type: 'AWS::ApiGatewayV2::Route', reason });
    seen.add(routeKey);
  }
};

/** Everything that starts a function which runs here; the others are noted. */
const readTriggers = (
  resources: readonly HostedResource[],
  functions: readonly FunctionModel[],
  note: Note,
) => {
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const hosted = new Set(functions.map(({ name }) => name));
  const withFunction = <T extends { readonly functionName: string }>(type: string, all: T[]): T[] =>
    all.filter(({ functionName }) => {
      const reason = `its function does not run here: ${functionName}`;
      if (!hosted.has(functionName)) note({ logicalId: functionName }, { type, reason });
      return hosted.has(functionName);
    });

  const mappings = ofType(mappingType)
    .map((resource) => readMapping(resource, note))
    .filter(isPresent);
  const integrations = ofType('AWS::ApiGatewayV2::Integration');
  const routes = ofType('AWS::ApiGatewayV2::Route')
    .map((resource) => readRoute(resource, integrations, note))
    .filter(isPresent);
  noteRepeatedRoutes(routes, note);
  const queueMappings = mappings.flatMap((read) => (read.kind === 'queue' ? [read.mapping] : []));
  const streamMappings = mappings.flatMap((read) => (read.kind === 'stream' ? [read.mapping] : []));
  return {
    queueMappings: withFunction(mappingType, queueMappings),
    streamMappings: withFunction(mappingType, streamMappings),
    routes: withFunction('AWS::ApiGatewayV2::Route', routes),
    schedules: scheduleTypes.flatMap((type) =>
      withFunction(
        type,
        ofType(type).flatMap((resource) => readSchedules(resource, note)),
      ),
    ),
  };
};

/**
 * Reads what a cloud assembly asks to be hosted. Intrinsics are replaced, exports of other stacks
 * included, and everything that the local runtime does not do is named in `notHosted`.
 *
 * Reading is repeatable: once with assumed ids, to learn which tables and queues to make, and once
 * more with the ids that the servers gave them.
 *
 * @throws where a hosted resource uses an intrinsic that only AWS can evaluate.
 */
export const readTemplate = (assembly: Assembly, settings: TemplateSettings): Model => {
  const { note, list } = createNotes();
  const resources = readResources(assembly, settings);
  const ofType = (...types: string[]) => resources.filter(({ type }) => types.includes(type));
  noteWhatIsNotHosted(resources, note);
  const functions = ofType('AWS::Lambda::Function')
    .map((resource) => readFunction(resource, assembly.directory, note))
    .filter(isPresent);
  return {
    tables: ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(readTable),
    buckets: ofType('AWS::S3::Bucket').map(readBucket),
    queues: ofType('AWS::SQS::Queue').map(readQueue),
    secrets: ofType('AWS::SecretsManager::Secret').map(readSecret),
    functions,
    ...readTriggers(resources, functions, note),
    fileArrivals: ofType('AWS::Events::Rule').map(readFileArrivals).filter(isPresent),
    sites: readSites(resources),
    notHosted: list(),
  };
};
