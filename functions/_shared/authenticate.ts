import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { ApiClient, ApiKeyRegistry } from '../../src/parties/ports.ts';
import { derivedId } from '../../src/platform/ids.ts';
import { ProblemError } from './problem.ts';
import { headerOf } from './request.ts';

const BEARER = /^Bearer ([\x21-\x7e]{16,256})$/i;

/** A client, and which of its keys it used: where two persons must agree, each has their own. */
export type Caller = ApiClient & { readonly keyId: string };

/**
 * Who is calling, by API key, if the key allows what is asked.
 *
 * @throws ProblemError 401 without a known key, 403 where it lacks the scope.
 */
export async function authenticate(
  registry: ApiKeyRegistry,
  event: APIGatewayProxyEventV2,
  scope: string,
): Promise<Caller> {
  const apiKey = BEARER.exec(headerOf(event, 'authorization') ?? '')?.[1];
  const client = apiKey === undefined ? undefined : await registry.find(apiKey);
  if (client === undefined) {
    throw new ProblemError({
      status: 401,
      code: 'api_key.invalid',
      detail: 'Send Authorization: Bearer with an API key of this deployment.',
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  if (!client.scopes.includes(scope)) {
    throw new ProblemError({
      status: 403,
      code: 'api_key.scope_missing',
      detail: `This API key lacks the scope ${scope}.`,
    });
  }
  return { ...client, keyId: derivedId('key', apiKey ?? '') };
}
