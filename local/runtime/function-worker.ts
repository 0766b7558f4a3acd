import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import {
  exitError,
  type InvocationError,
  type InvocationResult,
  timeoutError,
} from './invocation.ts';
import type { LogSink } from './log-sink.ts';
import type { FunctionModel } from './model.ts';

export type FunctionWorker = {
  /** Runs one invocation. The caller sees to it that there is one at a time. */
  readonly invoke: (event: string) => Promise<InvocationResult>;
  /** Resolves once the handler is loaded, or has failed to. */
  readonly loaded: () => Promise<void>;
  readonly isAlive: () => boolean;
  /** Ends the thread at once, and with it the invocation that runs in it. */
  readonly terminate: () => Promise<void>;
};

export type FunctionWorkerSettings = {
  readonly definition: FunctionModel;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLog: LogSink;
  /** How far the function's clock is ahead of this machine's. */
  readonly clockOffsetMs: number;
};

type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'succeeded'; readonly payload: string }
  | { readonly type: 'failed'; readonly error: InvocationError }
  | { readonly type: 'unloadable'; readonly error: InvocationError };

type Outcome =
  | { readonly ok: true; readonly payload: unknown }
  | ({ readonly ok: false } & InvocationError);

/** As long as Lambda lets the code outside of the handler take. */
const initTimeoutMs = 10_000;

const bootstrap = new URL('./worker-bootstrap.cjs', import.meta.url);

const startThread = ({
  definition,
  environment,
  onLog,
  clockOffsetMs,
}: FunctionWorkerSettings): Worker => {
  const { name, arn, assetPath, handler, memoryMegabytes } = definition;
  const worker = new Worker(bootstrap, {
    env: { ...environment },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
    workerData: {
      assetPath,
      handler,
      functionName: name,
      functionArn: arn,
      memoryMegabytes,
      clockOffsetMs,
      logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    },
  });
  for (const stream of ['stdout', 'stderr'] as const) {
    createInterface({ input: worker[stream] }).on('line', (line) =>
      onLog({ functionName: name, stream, line }),
    );
  }
  return worker;
};

/** An error that has come out of a worker looks like an error, but need not be an instance of one. */
const crashed = (error: unknown): InvocationError => {
  const { name = 'Runtime.Unknown', message = String(error), stack = '' } = Object(error);
  return { errorType: name, errorMessage: message, trace: stack.split('\n') };
};

/**
 * Starts a worker thread that holds one loaded copy of a function, as one execution environment of
 * Lambda does: it has its own globals, its own memory limit and its own environment.
 */
export const startFunctionWorker = (settings: FunctionWorkerSettings): FunctionWorker => {
  const { definition, onLog } = settings;
  const worker = startThread(settings);
  const ready = Promise.withResolvers<InvocationError | undefined>();
  let settle: ((outcome: Outcome) => void) | undefined;
  let requestId = 'init';
  let alive = true;

  const end = (error: InvocationError) => {
    alive = false;
    ready.resolve(error);
    settle?.({ ok: false, ...error });
  };

  const terminate = async (error = exitError(requestId, 'with error: signal: killed')) => {
    end(error);
    await worker.terminate();
  };

  worker.on('message', (message: WorkerMessage) => {
    if (message.type === 'ready') ready.resolve(undefined);
    else if (message.type === 'unloadable') terminate(message.error);
    else if (message.type === 'failed') settle?.({ ok: false, ...message.error });
    else settle?.({ ok: true, payload: JSON.parse(message.payload) });
  });
  worker.on('error', (error) => {
    onLog({ functionName: definition.name, stream: 'runtime', line: `crashed: ${error}` });
    end(crashed(error));
  });
  worker.on('exit', (code) => end(exitError(requestId, `with code ${code}`)));

  const within = async <T>(task: Promise<T>, ms: number, error: InvocationError): Promise<T> => {
    const timer = setTimeout(terminate, ms, error);
    try {
      return await task;
    } finally {
      clearTimeout(timer);
    }
  };

  const invoke = async (event: string): Promise<InvocationResult> => {
    const id = randomUUID();
    requestId = id;
    const failedInit = await within(ready.promise, initTimeoutMs, timeoutError(id, 10));
    if (failedInit !== undefined) return { ok: false, requestId: id, ...failedInit };
    const timeoutMs = definition.timeoutSeconds * 1000;
    const outcome = new Promise<Outcome>((resolve) => {
      settle = resolve;
    });
    worker.postMessage({ event, requestId: id, deadlineMs: Date.now() + timeoutMs });
    const timeout = timeoutError(id, definition.timeoutSeconds);
    return { requestId: id, ...(await within(outcome, timeoutMs, timeout)) };
  };

  return {
    invoke,
    loaded: async () => {
      await ready.promise;
    },
    isAlive: () => alive,
    terminate: () => terminate(),
  };
};
