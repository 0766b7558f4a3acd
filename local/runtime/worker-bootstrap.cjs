/**
 * What runs first in the worker thread of a function: it loads the handler and calls it, as Lambda's
 * own runtime does. Plain JavaScript, because a worker that has types to strip starts in twice the
 * time.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { parentPort, workerData } = require('node:worker_threads');

const { assetPath, handler, functionName, functionArn, memoryMegabytes, logStreamName } =
  workerData;
const { clockOffsetMs } = workerData;
const RealDate = Date;

/** The function's clock is ahead by so much; what it was promised to have left is not. */
if (clockOffsetMs !== 0) {
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + clockOffsetMs);
      else super(...given);
    }

    static now() {
      return RealDate.now() + clockOffsetMs;
    }
  };
}

const describeError = (error) =>
  error instanceof Error
    ? {
        errorType: error.name,
        errorMessage: error.message,
        trace: (error.stack ?? '').split('\n'),
      }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

/** `folder/index.handler` is the export `handler` of the first `folder/index` that Lambda looks for. */
const loadHandler = async () => {
  const dot = handler.lastIndexOf('.');
  const modulePath = join(assetPath, handler.slice(0, dot));
  const exportName = handler.slice(dot + 1);
  const extension = ['.js', '.mjs', '.cjs'].find((candidate) => existsSync(modulePath + candidate));
  if (extension === undefined) throw new Error(`Cannot find module '${modulePath}'`);
  const file = modulePath + extension;
  const loaded = extension === '.cjs' ? require(file) : await import(pathToFileURL(file).href);
  const handle = loaded[exportName] ?? loaded.default?.[exportName];
  if (typeof handle !== 'function') throw new Error(`${handler} is undefined or not exported`);
  return handle;
};

const contextOf = ({ requestId, deadlineMs }) => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: functionArn,
  memoryLimitInMB: String(memoryMegabytes),
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName,
  getRemainingTimeInMillis: () => Math.max(0, deadlineMs - RealDate.now()),
});

const invoke = async (handle, invocation) => {
  try {
    const answer = await handle(JSON.parse(invocation.event), contextOf(invocation));
    parentPort.postMessage({ type: 'succeeded', payload: JSON.stringify(answer ?? null) });
  } catch (error) {
    parentPort.postMessage({ type: 'failed', error: describeError(error) });
  }
};

const start = async () => {
  try {
    const handle = await loadHandler();
    parentPort.on('message', (invocation) => invoke(handle, invocation));
    parentPort.postMessage({ type: 'ready' });
  } catch (error) {
    parentPort.postMessage({ type: 'unloadable', error: describeError(error) });
  }
};

start();
