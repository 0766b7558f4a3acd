import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { authenticate } from '../../../functions/_shared/authenticate.ts';
import { ProblemError } from '../../../functions/_shared/problem.ts';
import { inMemoryApiKeys } from '../../../src/adapters/in-memory/api-keys.ts';
import { toJson } from '../../../src/platform/json.ts';

const apiKey = 'tl_test_0123456789abcdef';
const client = { marketplaceId: 'mkt_1', scopes: ['checkout'] };

const call = async (authorization: string | undefined, scope = 'checkout') => {
  const keys = inMemoryApiKeys();
  keys.add(apiKey, client);
  const event = { headers: { authorization } } as unknown as APIGatewayProxyEventV2;
  try {
    return await authenticate(keys, event, scope);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
};

describe('A call with an API key', () => {
  it.each([`Bearer ${apiKey}`, `bearer ${apiKey}`])(
    'as %j is its marketplace’s',
    async (header) => {
      expect(await call(header)).toEqual({ ...client, keyId: expect.stringMatching(/^key_/) });
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
