import { readAssembly } from './assembly.ts';
import { type Cleanup, createCleanup } from './cleanup.ts';
import { createClients, credentialsFor, startServices } from './endpoints.ts';
import { createFunctionHost, type FunctionHost } from './function-host.ts';
import { startHttpGateway } from './http-gateway.ts';
import { type LogSink, openLogFile } from './log-sink.ts';
import type { SecretModel } from './model.ts';
import { findByName } from './names.ts';
import type { Runtime, RuntimeOptions } from './options.ts';
import { provision } from './provision.ts';
import { createSite } from './site.ts';
import { readTemplate } from './template.ts';
import { startTriggers } from './triggers.ts';

export type { Endpoints } from './endpoints.ts';
export type { InvocationResult } from './invocation.ts';
export type { LogEntry, LogSink } from './log-sink.ts';
export type { FunctionModel, NotHosted } from './model.ts';
export type { Runtime, RuntimeOptions } from './options.ts';

/** The account that embedded servers put into their ARNs. */
const accountId = '000000000000';
const stopGraceMs = 1000;

const secretValues = (secrets: readonly SecretModel[], { secrets: give }: RuntimeOptions) =>
  secrets.map(({ name, arn, logicalId, templateValue }) => ({
    name,
    arn,
    value: give(name, logicalId) ?? templateValue?.(),
  }));

const openLog = ({ onLog, logFile }: RuntimeOptions, cleanup: Cleanup): LogSink => {
  const file = logFile === undefined ? undefined : openLogFile(logFile);
  cleanup.add(() => file?.close());
  return (entry) => {
    onLog?.(entry);
    file?.sink(entry);
  };
};

/** Opens the services and the HTTP port, and makes tables and queues: all that functions will need. */
const prepare = async (options: RuntimeOptions, cleanup: Cleanup) => {
  const { onProgress, processEnvironment = process.env, visibilityTimeoutSeconds } = options;
  const environment = { accountId, region: processEnvironment['AWS_REGION'] ?? 'us-east-1' };
  const { region } = environment;

  onProgress?.('reading the template');
  const assembly = readAssembly(options.assemblyDir);
  const assumed = readTemplate(assembly, { environment });

  onProgress?.('starting the AWS services');
  const gateway = await startHttpGateway(options.port ?? 0);
  cleanup.add(gateway.stop);
  const services = await startServices({
    region,
    processEnvironment,
    secrets: secretValues(assumed.secrets, options),
    streamShards: options.streamShards ?? 1,
  });
  cleanup.add(services.stop);
  const credentials = credentialsFor(processEnvironment);
  const clients = createClients(services.endpoints, { region, credentials });
  cleanup.add(clients.destroy);

  onProgress?.('creating tables, buckets and queues');
  const made = await provision(assumed, {
    dynamodb: clients.dynamodb,
    s3: clients.s3,
    sqs: clients.sqs,
    ...(visibilityTimeoutSeconds === undefined ? {} : { visibilityTimeoutSeconds }),
  });
  const physical = { ...made, apiEndpoint: gateway.url };
  const model = readTemplate(assembly, { environment, physical });
  return { environment, model, physical, services, gateway, clients, credentials };
};

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Where a page that talks to a bucket finds it here. */
const locallyOf =
  ({ model, environment, services }: Prepared) =>
  (header: string): string =>
    model.buckets.reduce(
      (text, { name }) =>
        text.replaceAll(
          `https://${name}.s3.${environment.region}.amazonaws.com`,
          services.endpoints.s3,
        ),
      header,
    );

/** Loads the functions and lets everything that invokes them begin. */
const open = (prepared: Prepared, options: RuntimeOptions, cleanup: Cleanup): FunctionHost => {
  const { model, environment, services, credentials, gateway } = prepared;
  const { scheduleIntervalMs: interval, onProgress } = options;
  const onLog = openLog(options, cleanup);
  const host = createFunctionHost({
    functions: model.functions,
    region: environment.region,
    credentials,
    endpoints: services.endpoints,
    overrides: options.environment ?? {},
    maxConcurrency: options.maxConcurrency ?? 2,
    onLog,
  });
  onProgress?.('starting routes, queues, streams and schedules');
  const triggers = startTriggers({
    ...prepared,
    host,
    onLog,
    scheduleIntervalMs: typeof interval === 'function' ? interval : () => interval,
  });
  cleanup.add(async () => {
    await Promise.all([triggers.stop(), host.stop(stopGraceMs)]);
  });
  gateway.open({
    ...{ routes: model.routes, accountId, invoke: host.invoke },
    sites: model.sites.map((site) => createSite(site, locallyOf(prepared))),
  });
  if (options.warm ?? true) host.warm();
  return host;
};

/**
 * Hosts a synthesized CDK app on this machine: its HTTP routes, functions, queues, streams, schedules
 * and secrets, over the protocols that they have in AWS. Where `AWS_ENDPOINT_URL_DYNAMODB` or
 * `AWS_ENDPOINT_URL_SQS` is set, tables or queues are made there instead of in this process.
 *
 * What the template has and this does not host is in `notHosted`; show it.
 *
 * @throws where there is no assembly, the template needs AWS to be evaluated, or a port is taken.
 * Nothing stays open then.
 *
 * @example
 * const runtime = await startRuntime({ assemblyDir: 'cdk.out', secrets: () => undefined });
 * await fetch(`${runtime.url}/health`);
 * await runtime.stop();
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const cleanup = createCleanup();
  try {
    const prepared = await prepare(options, cleanup);
    const { model, physical, services, gateway } = prepared;
    const host = open(prepared, options, cleanup);
    const functionNamed = (name: string) => findByName(model.functions, name, 'Function').name;
    return {
      url: gateway.url,
      functions: model.functions,
      invoke: async (name, event) => host.invoke(functionNamed(name), event),
      terminate: async (name) => host.terminate(functionNamed(name)),
      moveClock: host.moveClock,
      bucketName: (name) => findByName(model.buckets, name, 'Bucket').name,
      tableName: (name) => findByName(model.tables, name, 'Table').name,
      queueUrl: (wanted) => {
        const { name } = findByName(model.queues, wanted, 'Queue');
        return physical.queueUrls.get(name) ?? '';
      },
      endpoints: services.endpoints,
      notHosted: model.notHosted,
      stop: cleanup.run,
    };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
};
