import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { authenticate } from '../../../functions/_shared/authenticate.ts';
import { ProblemError } from '../../../functions/_shared/problem.ts';
import { cognitoPeople } from '../../../src/adapters/cognito/people.ts';
import { inMemoryApiKeys } from '../../../src/adapters/in-memory/api-keys.ts';
import type { PeopleDirectory } from '../../../src/parties/ports.ts';
import { toJson } from '../../../src/platform/json.ts';
import {
  accessClaims,
  CLIENT,
  createSigner,
  inSeconds,
  POOL,
  publishedKeys,
  SUBJECT,
} from '../../support/user-pool.ts';

const apiKey = 'tl_test_0123456789abcdef';
const client = { marketplaceId: 'mkt_1', scopes: ['checkout'] };

const call = async (
  authorization: string | undefined,
  scope = 'checkout',
  people?: PeopleDirectory,
) => {
  const apiKeys = inMemoryApiKeys();
  apiKeys.add(apiKey, client);
  const event = { headers: { authorization } } as unknown as APIGatewayProxyEventV2;
  try {
    return await authenticate({ apiKeys, people }, event, scope);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
};

describe('A call with an API key', () => {
  it.each([`Bearer ${apiKey}`, `bearer ${apiKey}`])(
    'as %j is its marketplace’s',
    async (header) => {
      expect(await call(header)).toEqual({ ...client, actorId: expect.stringMatching(/^key_/) });
      expect(toJson(await call(header))).not.toContain('tl_test');
    },
  );

  it.each([
    undefined,
    '',
    apiKey,
    'Bearer',
    'Bearer ',
    'Bearer short',
    `Basic ${apiKey}`,
    `Bearer ${apiKey} `,
    `Bearer  ${apiKey}`,
    `Bearer ${apiKey}x`,
    `Bearer ${apiKey.toUpperCase()}`,
    `Bearer ${'x'.repeat(257)}`,
  ])('as %j is 401, and told how to send one', async (header) => {
    expect(await call(header)).toMatchObject({
      status: 401,
      code: 'api_key.invalid',
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  it('that does not allow what is asked is 403', async () => {
    expect(await call(`Bearer ${apiKey}`, 'finance:close')).toMatchObject({
      status: 403,
      code: 'api_key.scope_missing',
    });
  });
});

describe('A call by a person', () => {
  const pool = createSigner('key-1');
  const people = cognitoPeople({
    ...{ userPoolId: POOL, clientId: CLIENT, marketplaceId: 'mkt_acme' },
    jwksCache: publishedKeys(() => [pool.jwk]).jwksCache,
  });
  const bearer = (claims = accessClaims()) => `Bearer ${pool.sign(claims)}`;

  it('is their marketplace’s, and their own act, not the pool’s', async () => {
    expect(await call(bearer(), 'finance:post', people)).toEqual({
      ...{ marketplaceId: 'mkt_acme', scopes: ['finance:read', 'finance:post'] },
      actorId: `usr_${SUBJECT}`,
    });
  });

  it('that no group of theirs allows is 403', async () => {
    expect(await call(bearer(), 'finance:close', people)).toMatchObject({
      ...{ status: 403, code: 'sign_in.scope_missing' },
      detail: 'You are not in the group finance:close.',
    });
  });

  it('is never a checkout, whatever the group is called', async () => {
    const claims = accessClaims({ 'cognito:groups': ['checkout'] });
    expect(await call(bearer(claims), 'checkout', people)).toMatchObject({ status: 403 });
  });

  it('whose token is over is 401, and told to sign in', async () => {
    const over = bearer(accessClaims({ exp: inSeconds(-1) }));
    expect(await call(over, 'finance:read', people)).toMatchObject({
      ...{ status: 401, code: 'sign_in.invalid', headers: { 'www-authenticate': 'Bearer' } },
    });
  });

  it('is 401 where the deployment has no people', async () => {
    expect(await call(bearer(), 'finance:read')).toMatchObject({
      ...{ status: 401, code: 'api_key.invalid' },
    });
  });

  it('leaves keys as they were', async () => {
    expect(await call(`Bearer ${apiKey}`, 'checkout', people)).toMatchObject(client);
  });
});
