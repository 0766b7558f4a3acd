import Stripe from 'stripe';
import type { CallFaults } from '../engine/calls.ts';

type RawError = ConstructorParameters<typeof Stripe.errors.StripeError>[0];

const raw = (fields: Record<string, unknown>): RawError => fields as unknown as RawError;

/** The connection broke or nobody answered: whether the call took effect is not known. */
export const connectionError = (): Error =>
  new Stripe.errors.StripeConnectionError(raw({ message: 'No answer (simulated).' }));

export const serverError = (): Error =>
  new Stripe.errors.StripeAPIError(
    raw({ message: 'Failed (simulated).', type: 'api_error', statusCode: 500 }),
  );

/** A failure that Stripe stored under its key, told again. */
export const replayedError = (): Error =>
  new Stripe.errors.StripeAPIError(
    raw({
      message: 'Failed before (simulated).',
      type: 'api_error',
      statusCode: 500,
      headers: { 'idempotent-replayed': 'true' },
    }),
  );

export const rateLimited = (): Error =>
  new Stripe.errors.StripeRateLimitError(
    raw({ message: 'Slow down (simulated).', statusCode: 429, code: 'rate_limit' }),
  );

/** Another request holds what this one would change. */
export const lockTimeout = (): Error =>
  new Stripe.errors.StripeRateLimitError(
    raw({ message: 'Locked (simulated).', statusCode: 429, code: 'lock_timeout' }),
  );

/** Another request under this key is not answered yet. */
export const keyInUse = (): Error =>
  new Stripe.errors.StripeAPIError(
    raw({
      ...{ message: 'In use (simulated).', type: 'idempotency_error', statusCode: 409 },
      code: 'idempotency_key_in_use',
    }),
  );

/** Stripe refuses what was asked, as things are. */
export const invalidRequest = (code: string): Error =>
  new Stripe.errors.StripeInvalidRequestError(
    raw({ message: `Refused: ${code} (simulated).`, statusCode: 400, code }),
  );

/** The same key with other parameters. */
export const idempotencyMismatch = (): Error =>
  new Stripe.errors.StripeIdempotencyError(
    raw({ message: 'Another request had this key (simulated).', statusCode: 400 }),
  );

const errorOf = (failure: 'failed' | 'throttled'): Error =>
  failure === 'throttled' ? rateLimited() : connectionError();

export const STRIPE_READ: CallFaults = { profile: 'read', errorOf };
export const STRIPE_WRITE: CallFaults = { profile: 'write', errorOf };
