import { readAssembly } from './assembly.ts';
import {
  type Clients,
  createClients,
  credentialsFor,
  type Endpoints,
  type ProcessEnvironment,
  type Services,
  startServices,
} from './endpoints.ts';
import { createFunctionHost, type FunctionHost } from './function-host.ts';
import { startHttpGateway } from './http-gateway.ts';
import type { PhysicalIds } from './identities.ts';
import type { InvocationResult } from './invocation.ts';
import { type LogSink, openLogFile } from './log-sink.ts';
import type { FunctionModel, Model, NotHosted, SecretModel } from './model.ts';
import { findByName } from './names.ts';
import { provision } from './provision.ts';
import { readTemplate } from './template.ts';
import { startTriggers } from './triggers.ts';

export type { Endpoints } from './endpoints.ts';
export type { InvocationResult } from './invocation.ts';
export type { LogEntry, LogSink } from './log-sink.ts';
export type { FunctionModel, NotHosted } from './model.ts';

export type RuntimeOptions = {
  /** Where the app was synthesized to (`cdk.out`). */
  readonly assemblyDir: string;
  /** The port of the HTTP API; a free one by default. */
  readonly port?: number;
  /**
   * The value of a secret. Where it is undefined the template's own value, given or generated, is
   * used.
   */
  readonly secrets: (name: string, logicalId: string) => string | undefined;
  /** Variables for every function, over what the template says. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The milliseconds between two ticks of a schedule, for all or by function; else the template's. */
  readonly scheduleIntervalMs?: number | ((functionName: string) => number | undefined);
  /** The most copies of one function that run at once; 2 by default. */
  readonly maxConcurrency?: number;
  /** Replaces the visibility timeout of every queue, so that a crash is redelivered sooner. */
  readonly visibilityTimeoutSeconds?: number;
  /** How many shards each embedded stream has; 1 by default. */
  readonly streamShards?: number;
  /** Loads a copy of each function in the background; true by default. */
  readonly warm?: boolean;
  /** Receives every line that functions write, and what the runtime has to say about them. */
  readonly onLog?: LogSink;
  /** A file that the same lines are appended to. */
  readonly logFile?: string;
  /** Called with the name of each step of the start. */
  readonly onProgress?: (step: string) => void;
  /** Where `AWS_ENDPOINT_URL_*` and `AWS_REGION` are looked up; the process's own by default. */
  readonly processEnvironment?: ProcessEnvironment;
};

export type Runtime = {
  /** The base URL of the HTTP API. */
  readonly url: string;
  readonly functions: readonly FunctionModel[];
  /** Invokes a function by its name or the end of it. A failure is a result. */
  readonly invoke: (functionName: string, event: unknown) => Promise<InvocationResult>;
  /** Kills a function's workers at once, in the middle of whatever they do. */
  readonly terminate: (functionName: string) => Promise<void>;
  /** The physical name of a table, by logical id, construct id or the beginning of it. */
  readonly tableName: (name: string) => string;
  /** The URL of a queue, by its name, the end of it, or its construct id. */
  readonly queueUrl: (name: string) => string;
  readonly endpoints: Endpoints;
  /** What the template has that is not hosted, and why. */
  readonly notHosted: readonly NotHosted[];
  /** Stops everything. Running invocations are given a moment. */
  readonly stop: () => Promise<void>;
};

/** The account that embedded servers put into their ARNs. */
const accountId = '000000000000';
const stopGraceMs = 1000;

const secretValues = (secrets: readonly SecretModel[], { secrets: valueOf }: RuntimeOptions) =>
  secrets.map(({ name, arn, logicalId, templateValue }) => ({
    name,
    arn,
    value: valueOf(name, logicalId) ?? templateValue?.(),
  }));

const createLog = ({ onLog, logFile }: RuntimeOptions) => {
  const file = logFile === undefined ? undefined : openLogFile(logFile);
  const sink: LogSink = (entry) => {
    onLog?.(entry);
    file?.sink(entry);
  };
  return { sink, close: async () => file?.close() };
};

type Started = {
  readonly url: string;
  readonly model: Model;
  readonly physical: PhysicalIds;
  readonly services: Services;
  readonly host: FunctionHost;
};

const runtimeOf = (
  { url, model, physical, services, host }: Started,
  stop: () => Promise<void>,
): Runtime => {
  const functionNamed = (name: string) => findByName(model.functions, name, 'Function').name;
  return {
    url,
    functions: model.functions,
    invoke: (name, event) => host.invoke(functionNamed(name), event),
    terminate: (name) => host.terminate(functionNamed(name)),
    tableName: (name) => findByName(model.tables, name, 'Table').name,
    queueUrl: (wanted) => {
      const { name } = findByName(model.queues, wanted, 'Queue');
      return physical.queueUrls.get(name) ?? '';
    },
    endpoints: services.endpoints,
    notHosted: model.notHosted,
    stop,
  };
};

const prepare = async (options: RuntimeOptions, region: string) => {
  const { onProgress, processEnvironment = process.env } = options;
  onProgress?.('reading the template');
  const assembly = readAssembly(options.assemblyDir);
  const environment = { region, accountId };
  const assumed = readTemplate(assembly, { environment });
  onProgress?.('starting the AWS services');
  const [services, gateway] = await Promise.all([
    startServices({
      region,
      processEnvironment,
      secrets: secretValues(assumed.secrets, options),
      streamShards: options.streamShards ?? 1,
    }),
    startHttpGateway(options.port ?? 0),
  ]);
  const credentials = credentialsFor(processEnvironment);
  const clients: Clients = createClients(services.endpoints, { region, credentials });
  onProgress?.('creating tables and queues');
  const { visibilityTimeoutSeconds } = options;
  const made = await provision(assumed, {
    ...clients,
    ...(visibilityTimeoutSeconds === undefined ? {} : { visibilityTimeoutSeconds }),
  });
  const physical = { ...made, apiEndpoint: gateway.url };
  const model = readTemplate(assembly, { environment, physical });
  return { model, physical, services, gateway, clients, credentials, environment };
};
