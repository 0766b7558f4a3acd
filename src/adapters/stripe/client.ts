import Stripe from 'stripe';
import { CodedError } from '../../platform/errors.ts';

/**
 * A worker has 30 seconds, the API 29. A call that takes all of its time fails, and what comes after it
 * is not made; so only answers that are slow and good add up. Few ways make more than five calls in a
 * row. The longest, closing a payment by bank transfer whose intent was never recorded, makes eight, and
 * a function that is stopped on it is tried again like one that died.
 *
 * There are no retries here: they would multiply that, and wait up to a minute where an answer says
 * `Retry-After`. The queue is the retry, with longer pauses, and a marketplace repeats its request.
 * A connection that was closed while it lay idle is still opened anew, once: the client does that
 * whatever it is told.
 */
const TIMEOUT_MS = 5_000;

const SERVER_ERROR = 500;

export type StripeOptions = {
  readonly secretKey: string;
  /** Where Stripe is, when it is not api.stripe.com. */
  readonly apiBaseUrl?: string | undefined;
  /** How long a call may stay without an answer. Default: 5 seconds. */
  readonly timeoutMs?: number;
  /** What sends the requests. Default: Node's own HTTP. */
  readonly httpClient?: Stripe.HttpClient | undefined;
};

/** The official client, with bounded waiting and no telemetry. */
export function createStripe({
  secretKey,
  apiBaseUrl,
  timeoutMs = TIMEOUT_MS,
  httpClient,
}: StripeOptions): Stripe {
  const base = apiBaseUrl === undefined ? undefined : new URL(apiBaseUrl);
  return new Stripe(secretKey, {
    timeout: timeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
    appInfo: { name: 'Tradelane' },
    ...(httpClient === undefined ? {} : { httpClient }),
    ...(base === undefined
      ? {}
      : {
          host: base.hostname,
          port: base.port,
          protocol: base.protocol === 'http:' ? 'http' : 'https',
        }),
  });
}

/**
 * Calls Stripe and turns its errors into coded ones: `stripe.<code>`, retryable where the outcome
 * is unknown (connection, time-out, 5xx) or the condition may pass.
 *
 * Three codes are ours: `stripe.no_answer` (connection, time-out, half a body),
 * `stripe.unexpected_answer` (an answer that is not the object asked for) and
 * `stripe.failure_replayed` (Stripe repeats, for a day, the failure that it stored under this
 * idempotency key; only asking what exists can tell what became of the first try).
 */
export async function callStripe<T extends { readonly object: string }>(
  expected: T['object'],
  call: () => Promise<T>,
): Promise<T> {
  const answer = await call().catch((error: unknown) => {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    throw new CodedError({
      code: `stripe.${codeOf(error)}`,
      message: `Stripe refused or did not answer: ${error.type}.`,
      retryable: isPassing(error),
      fields: { requestId: error.requestId ?? '' },
      cause: error,
    });
  });
  // A non-2xx body without `error` resolves as if it were the object.
  if (answer.object !== expected)
    throw unexpected(`${answer.object} where ${expected} was asked for`);
  if (!WITHOUT_ID.has(expected) && !hasId(answer)) throw unexpected(`${expected} without an id`);
  return answer;
}

/** What Stripe keeps one of, or makes up for an answer. */
const WITHOUT_ID = new Set(['balance', 'list', 'search_result']);

const hasId = (answer: object): boolean =>
  'id' in answer && typeof answer.id === 'string' && answer.id !== '';

const unexpected = (what: string): CodedError =>
  new CodedError({
    code: 'stripe.unexpected_answer',
    message: `Stripe answered ${what}.`,
    retryable: true,
  });

function codeOf(error: Stripe.errors.StripeError): string {
  if (error instanceof Stripe.errors.StripeConnectionError) return 'no_answer';
  // Without a status it was not Stripe that answered, but something on the way, and not in JSON.
  if (error.statusCode === undefined) return 'unexpected_answer';
  if (error.statusCode >= SERVER_ERROR && isReplayed(error)) return 'failure_replayed';
  return error.code ?? KEY_REFUSALS[error.statusCode] ?? error.rawType ?? 'unexpected_answer';
}

/** An answer from Stripe's memory names the request that it was first given to. */
function isReplayed({ headers = {}, requestId }: Stripe.errors.StripeError): boolean {
  const original = headers['original-request'];
  return (
    headers['idempotent-replayed'] === 'true' || (original !== undefined && original !== requestId)
  );
}

/** Stripe gives a refused key the same type as a bad request. */
const KEY_REFUSALS: Readonly<Record<number, string>> = { 401: 'key_refused', 403: 'key_refused' };

/**
 * Statuses of the moment or of our key, not of the request: a refused or restricted key is put
 * right by an operator, and a rotated one is still in our memory for minutes.
 */
const PASSING_STATUSES = new Set([401, 403, 409, 429]);

/** Conditions of the moment that have the status of a bad request. */
const PASSING_CODES = new Set(['lock_timeout', 'rate_limit', 'balance_insufficient']);

const isPassing = ({ statusCode, code, headers = {} }: Stripe.errors.StripeError): boolean =>
  statusCode === undefined ||
  statusCode >= SERVER_ERROR ||
  PASSING_STATUSES.has(statusCode) ||
  PASSING_CODES.has(code ?? '') ||
  headers['stripe-should-retry'] === 'true';
