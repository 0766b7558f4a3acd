import type { Endpoints, ProcessEnvironment } from './endpoints.ts';
import type { InvocationResult } from './invocation.ts';
import type { LogSink } from './log-sink.ts';
import type { FunctionModel, NotHosted } from './model.ts';

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
  /**
   * Sets the clock of every function ahead of this machine's, as if so much time had passed. What runs is
   * ended, so it is for a stack at rest.
   */
  readonly moveClock: (offsetMs: number) => Promise<void>;
  /** The physical name of a bucket, by logical id, construct id or the beginning of it. */
  readonly bucketName: (name: string) => string;
  /** The URL of a queue, by its name, the end of it, or its construct id. */
  readonly queueUrl: (name: string) => string;
  readonly endpoints: Endpoints;
  /** What the template has that is not hosted, and why. */
  readonly notHosted: readonly NotHosted[];
  /** Stops everything. Running invocations are given a moment. */
  readonly stop: () => Promise<void>;
};
