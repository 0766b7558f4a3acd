import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { toJson } from '../../src/platform/json.ts';
import { framesOf, logger } from './observe.ts';
import { ProblemError, problemOf, problemResponse } from './problem.ts';
import { functionStack } from './stack.ts';

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** An HTTP function whose every failure becomes a problem, in one place. */
export const httpFunction = (handle: HttpHandler) =>
  functionStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(async (event) => {
    try {
      return await handle(event);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) {
        logger.error('A request failed.', { code: problem.code, frames: framesOf(error) });
      }
      return problemResponse(problem);
    }
  });

/** An HTTP function of several routes, each with its own handler, by API Gateway's route key. */
export const routedFunction = (routes: Readonly<Record<string, HttpHandler>>) =>
  httpFunction((event) => {
    const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined;
    if (route === undefined) {
      throw new ProblemError({
        status: 404,
        code: 'route.not_found',
        detail: 'There is no such route.',
      });
    }
    return route(event);
  });

/** A JSON answer; bigints become decimal strings. */
export const jsonResponse = (
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: toJson(body),
});
