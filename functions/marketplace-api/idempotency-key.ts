import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ProblemError } from '../_shared/problem.ts';
import { headerOf } from '../_shared/request.ts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** @throws ProblemError 400 where the header is missing or unusable. */
export function idempotencyKeyOf(event: APIGatewayProxyEventV2): string {
  const key = headerOf(event, 'idempotency-key') ?? '';
  if (IDEMPOTENCY_KEY.test(key)) return key;
  throw new ProblemError({
    status: 400,
    code: key === '' ? 'idempotency.key_required' : 'idempotency.key_malformed',
    detail: 'Send an Idempotency-Key header of 1 to 255 printable characters without spaces.',
    errors: [
      {
        pointer: 'header:Idempotency-Key',
        code: 'invalid_format',
        detail: 'Expected 1 to 255 printable characters.',
      },
    ],
  });
}
