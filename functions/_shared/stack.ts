import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logger, metrics } from './observe.ts';

/** Powertools warns of every invocation that counted nothing, which most do. */
function flushMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** What every function has around it: the request id in each log line, and metrics that are flushed. */
export const functionStack = <TEvent, TResult>(
  handle: (event: TEvent, context: Context) => Promise<TResult>,
) =>
  middy<TEvent, TResult>()
    .use(injectLambdaContext(logger))
    .use({ after: flushMetrics, onError: flushMetrics })
    .handler((event: TEvent, context: Context) => handle(event, context));
