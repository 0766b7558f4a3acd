import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type SecretsServer, startSecretsServer } from '../../local/aws/secrets-server.ts';
import { EasyPostSecret, StripeSecret, VaultSecret } from '../../src/adapters/secrets/schemas.ts';
import { secretReader } from '../../src/adapters/secrets/secret-reader.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { later } from '../support/builders.ts';

const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:stripe-AbCdEf';
const first = { secretKey: 'sk_test_first_key', webhookSecrets: ['whsec_current'] };
const second = { secretKey: 'sk_test_second_key', webhookSecrets: ['whsec_next', 'whsec_current'] };

let server: SecretsServer;
let client: SecretsManagerClient;
let stored: { name: string; arn: string; value: string | undefined };
let clock: string;
let requests: number;

beforeEach(async () => {
  stored = { name: 'stripe', arn, value: JSON.stringify(first) };
  clock = '2026-11-23T12:00:00.000Z';
  requests = 0;
  server = await startSecretsServer([stored]);
  client = new SecretsManagerClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  client.middlewareStack.add(
    (next) => (args) => {
      requests += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const reader = () =>
  secretReader({ client, secretArn: arn, schema: StripeSecret, now: () => new Date(clock) });

describe('a secret', () => {
  it('is read once and kept for five minutes, to the millisecond', async () => {
    const read = reader();
    expect(await read()).toEqual(first);
    clock = '2026-11-23T12:04:59.999Z';
    expect(await read()).toEqual(first);
    expect(requests).toBe(1);
    clock = '2026-11-23T12:05:00.000Z';
    expect(await read()).toEqual(first);
    expect(requests).toBe(2);
  });

  it('is taken up when it was rotated, once the kept one is old', async () => {
    const read = reader();
    await read();
    stored.value = JSON.stringify(second);
    expect(await read()).toEqual(first);
    clock = later(clock, 300);
    expect(await read()).toEqual(second);
  });

  it('is asked for once by ten messages at once', async () => {
    const read = reader();
    const values = await Promise.all(Array.from({ length: 10 }, () => read()));
    expect(new Set(values)).toEqual(new Set([values[0]]));
    expect(requests).toBe(1);
  });
});

describe('a secret that cannot be had', () => {
  it('throws, and is asked for again by the next', async () => {
    stored.value = undefined;
    const read = reader();
    await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    stored.value = JSON.stringify(first);
    expect(await read()).toEqual(first);
  });
});

describe('a malformed secret', () => {
  const malformed = {
    'is not JSON': 'sk_test_bare_key_without_quotes',
    'is broken JSON': '{"secretKey":"sk_test_in_broken_json","webhookSecrets":["whsec_x"]',
    'has no webhook secret yet': '{"secretKey":"sk_test_a_good_key","webhookSecrets":[]}',
    'has too many of them':
      '{"secretKey":"sk_test_a_good_key","webhookSecrets":["whsec_one","whsec_two","whsec_three"]}',
    'has a number for a key': '{"secretKey":4242424242424242,"webhookSecrets":["whsec_one"]}',
    'has a key that is too short': '{"secretKey":"sk","webhookSecrets":["whsec_one"]}',
    'is empty': '""',
  };

  it.each(Object.entries(malformed))(
    'because it %s, is refused without a word of it',
    async (_, value) => {
      stored.value = value;
      const error = await reader()().catch((thrown: unknown) => thrown);
      if (!isCodedError(error)) throw new Error('Expected an error with a code.', { cause: error });
      expect(error).toMatchObject({ code: 'secrets.malformed', retryable: true });
      const text = `${error.stack} ${JSON.stringify(error.fields)} ${String(error.cause)}`;
      for (const part of value.match(/[a-z0-9]+_[a-z0-9_]+|\d{6,}/g) ?? []) {
        expect(text).not.toContain(part);
      }
    },
  );

  it('is not kept: mended, it is taken up at once', async () => {
    stored.value = '{}';
    const read = reader();
    await expect(read()).rejects.toMatchObject({ code: 'secrets.malformed' });
    stored.value = JSON.stringify(first);
    expect(await read()).toEqual(first);
  });

  it('names the fields that are wrong', async () => {
    stored.value = '{"secretKey":"short","webhookSecrets":["whsec_one"]}';
    await expect(reader()()).rejects.toMatchObject({ fields: { paths: 'secretKey' } });
  });
});

describe('the shapes of secrets', () => {
  it('are those that the deployment documents', () => {
    const webhookSecrets = ['current_secret', 'previous_secret'];
    expect(StripeSecret.safeParse(second).success).toBe(true);
    expect(EasyPostSecret.safeParse({ apiKey: 'EZTK_a_test_key', webhookSecrets }).success).toBe(
      true,
    );
    expect(VaultSecret.safeParse({ masterKey: Buffer.alloc(32).toString('base64') }).success).toBe(
      true,
    );
    expect(VaultSecret.safeParse({ masterKey: 'too short' }).success).toBe(false);
  });
});
