import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Problem, ProblemError } from '../../../functions/_shared/problem.ts';

/** A request as the HTTP API hands it over; only what our functions look at. */
export const requestOf = (
  body: string | undefined,
  {
    contentType = 'application/json',
    isBase64Encoded = false,
  }: { readonly contentType?: string | undefined; readonly isBase64Encoded?: boolean } = {},
): APIGatewayProxyEventV2 =>
  ({
    headers: contentType === '' ? {} : { 'content-type': contentType },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded,
  }) as unknown as APIGatewayProxyEventV2;

/** The problem that a request ends with. */
export function problemFrom(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('Expected a problem, and the request was taken.');
}
