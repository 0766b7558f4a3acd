import Stripe from 'stripe';
import { CodedError } from '../../platform/errors.ts';

/**
 * One call waits 10 seconds at the worst, so that asking and acting both fit into a worker's 30
 * seconds. A function that is killed all the same is safe, but its messages wait minutes.
 */
const TIMEOUT_MS = 5_000;
const MAX_NETWORK_RETRIES = 1;

export type StripeOptions = {
  readonly secretKey: string;
  /** Where Stripe is, when it is not api.stripe.com. */
  readonly apiBaseUrl?: string | undefined;
};

/** The official client, with bounded waiting and no telemetry. */
export function createStripe({ secretKey, apiBaseUrl }: StripeOptions): Stripe {
  const base = apiBaseUrl === undefined ? undefined : new URL(apiBaseUrl);
  return new Stripe(secretKey, {
    timeout: TIMEOUT_MS,
    maxNetworkRetries: MAX_NETWORK_RETRIES,
    telemetry: false,
    ...(base === undefined
      ? {}
      : {
          host: base.hostname,
          port: base.port,
          protocol: base.protocol === 'http:' ? 'http' : 'https',
        }),
  });
}

/** Conditions of the moment, whatever their HTTP status: the same call may succeed later. */
const PASSING_CODES = new Set([
  'lock_timeout',
  'rate_limit',
  'idempotency_key_in_use',
  'balance_insufficient',
]);

const isPassing = (error: Stripe.errors.StripeError): boolean =>
  error.code !== undefined && PASSING_CODES.has(error.code)
    ? true
    : error.statusCode === undefined || error.statusCode >= 500 || error.statusCode === 429;

/**
 * Calls Stripe and turns its errors into coded ones: `stripe.<code>`, retryable where the outcome
 * is unknown (connection, time-out, 5xx) or the condition passes.
 */
export async function callStripe<T extends { readonly object: string }>(
  expected: T['object'],
  call: () => Promise<T>,
): Promise<T> {
  const answer = await call().catch((error: unknown) => {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    throw new CodedError({
      code: `stripe.${error.code ?? error.type}`,
      message: `Stripe refused or did not answer: ${error.type}.`,
      retryable: isPassing(error),
      fields: { requestId: error.requestId ?? '' },
      cause: error,
    });
  });
  // A non-2xx body without `error` resolves as if it were the object.
  if (answer.object !== expected) {
    throw new CodedError({
      code: 'stripe.unexpected_answer',
      message: `Stripe answered ${answer.object} where ${expected} was asked for.`,
      retryable: true,
    });
  }
  return answer;
}
