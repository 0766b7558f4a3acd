import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isCodedError } from '../../src/platform/errors.ts';

/** One offending field of a request: where it stands (JSON Pointer) and what was expected. */
export type FieldProblem = {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
};

export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Service unavailable',
};

/** A problem as RFC 9457 has it, with a stable `code` of ours and every offending field. */
export const problemResponse = ({
  status,
  code,
  detail,
  errors,
  headers,
}: Problem): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify({
    type: `urn:tradelane:problem:${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(errors === undefined ? {} : { errors }),
  }),
});

/** A problem that a handler throws to end a request. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

const RETRY_AFTER_SECONDS = '2';

/** What a caller is told of an error: its own mistakes in full, ours by code alone. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isCodedError(error) && error.retryable) {
    return {
      status: 503,
      code: error.code,
      detail: 'A service we depend on did not answer. The same request may be sent again.',
      headers: { 'retry-after': RETRY_AFTER_SECONDS },
    };
  }
  if (isCodedError(error)) {
    return { status: 502, code: error.code, detail: 'A service we depend on refused the request.' };
  }
  return { status: 500, code: 'internal', detail: 'The request failed on our side.' };
}
