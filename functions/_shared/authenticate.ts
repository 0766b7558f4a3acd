import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { ApiClient, ApiKeyRegistry, PeopleDirectory } from '../../src/parties/ports.ts';
import { derivedId } from '../../src/platform/ids.ts';
import { ProblemError } from './problem.ts';
import { headerOf } from './request.ts';

const BEARER = /^Bearer ([\x21-\x7e]{16,4096})$/i;
/** Three parts of base64url, as a signed token has and a key of ours has not. */
const SIGNED_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const LONGEST_KEY = 256;

/** Where callers are known: by key everywhere, and as people where a deployment has them. */
export type Callers = {
  readonly apiKeys: ApiKeyRegistry;
  readonly people?: PeopleDirectory | undefined;
};

/** A client, and who acts for it, a key or a person: where two must agree, they are told apart by this. */
export type Caller = ApiClient & { readonly actorId: string };

/**
 * Who is calling, by API key or as a person who has signed in, if that allows what is asked.
 *
 * @throws ProblemError 401 where it is nobody known, 403 where the scope is missing.
 */
export async function authenticate(
  { apiKeys, people }: Callers,
  event: APIGatewayProxyEventV2,
  scope: string,
): Promise<Caller> {
  const token = BEARER.exec(headerOf(event, 'authorization') ?? '')?.[1] ?? '';
  if (people !== undefined && SIGNED_TOKEN.test(token)) {
    return allowed(await personBy(people, token), scope, personProblems);
  }
  return allowed(await clientBy(apiKeys, token), scope, keyProblems);
}

async function personBy(people: PeopleDirectory, token: string): Promise<Caller | undefined> {
  const person = await people.find(token);
  if (person === undefined) return undefined;
  const { personId: actorId, ...client } = person;
  return { ...client, actorId };
}

async function clientBy(apiKeys: ApiKeyRegistry, apiKey: string): Promise<Caller | undefined> {
  if (apiKey === '' || apiKey.length > LONGEST_KEY) return undefined;
  const client = await apiKeys.find(apiKey);
  return client && { ...client, actorId: derivedId('key', apiKey) };
}

const keyProblems = {
  prefix: 'api_key',
  unknown: 'Send Authorization: Bearer with an API key of this deployment.',
  lacks: (scope: string) => `This API key lacks the scope ${scope}.`,
};

const personProblems: typeof keyProblems = {
  prefix: 'sign_in',
  unknown: 'Sign in again: the token is not of this deployment, or it is over.',
  lacks: (scope) => `You are not in the group ${scope}.`,
};

function allowed(
  caller: Caller | undefined,
  scope: string,
  { prefix, unknown, lacks }: typeof keyProblems,
): Caller {
  if (caller === undefined) {
    throw new ProblemError({
      status: 401,
      code: `${prefix}.invalid`,
      detail: unknown,
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  if (!caller.scopes.includes(scope)) {
    throw new ProblemError({
      status: 403,
      code: `${prefix}.scope_missing`,
      detail: lacks(scope),
    });
  }
  return caller;
}
