import type { SandboxRequest } from '../http.ts';
import { requireAccount } from './accounts.ts';
import { StripeApiError } from './errors.ts';
import { platformAccount } from './references.ts';
import type { World } from './world.ts';

export type Credentials = {
  publishable: boolean;
  /** The account that the request acts for: the platform's, or the one in `Stripe-Account`. */
  account: string;
};

const secretKey = /^(sk|rk)_test_sandbox_\w+$/;
const publishableKey = /^pk_test_sandbox_\w+$/;

/**
 * Accepts sandbox keys only, so that a real key sent here by mistake is refused, not used.
 * @throws StripeApiError 401 for no key or another key, 403 for an account it can't act for.
 */
export function authenticate(world: World, request: SandboxRequest): Credentials {
  const key = keyOf(request.headers['authorization'] ?? '');
  if (key === '') throw unauthorized(noKeyMessage);
  const publishable = publishableKey.test(key);
  if (!publishable && !secretKey.test(key)) {
    throw unauthorized(`Invalid API Key provided: ${masked(key)}`, 'invalid_api_key');
  }
  const account =
    request.headers['stripe-account'] ?? request.headers['stripe-context'] ?? platformAccount;
  requireAccount(world, account);
  return { publishable, account };
}

/** @throws StripeApiError 403 secret_key_required. */
export function refusePublishableKey(): never {
  throw new StripeApiError(403, {
    type: 'invalid_request_error',
    code: 'secret_key_required',
    message:
      'This API call cannot be made with a publishable API key. Please use a secret API key. You ' +
      'can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
  });
}

/** The key as a bearer token, or as the user name that `curl -u` sends. */
function keyOf(authorization: string): string {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return '';
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
}

function masked(key: string): string {
  return `${key.slice(0, 8)}${'*'.repeat(8)}${key.length > 16 ? key.slice(-4) : ''}`;
}

function unauthorized(message: string, code?: string): StripeApiError {
  return new StripeApiError(
    401,
    { type: 'invalid_request_error', message, ...(code !== undefined && { code }) },
    { 'www-authenticate': 'Bearer realm="Stripe"' },
  );
}

const noKeyMessage =
  'You did not provide an API key. You need to provide your API key in the Authorization header, ' +
  "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See " +
  'https://stripe.com/docs/api#authentication for details.';
