import type { Stripe } from 'stripe';

/** The `error` object that every answer outside 2xx carries. */
export type ApiError = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  charge?: string;
  payment_intent?: Stripe.PaymentIntent;
  payment_method?: Stripe.PaymentMethod;
  doc_url?: string;
  request_log_url?: string;
};

/** A refusal in Stripe's own words, with its HTTP status. */
export class StripeApiError extends Error {
  readonly status: number;
  readonly error: ApiError;
  readonly headers: Record<string, string>;

  constructor(status: number, error: ApiError, headers: Record<string, string> = {}) {
    super(error.message);
    this.status = status;
    this.error = withDocumentation(error);
    this.headers = headers;
  }
}

function withDocumentation(error: ApiError): ApiError {
  if (error.code === undefined) return error;
  return {
    ...error,
    doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}`,
  };
}

/** 400 `invalid_request_error`, the refusal of a request that can't be carried out as it stands. */
export function invalidRequest(
  message: string,
  detail: { code?: string; param?: string; payment_intent?: Stripe.PaymentIntent } = {},
): StripeApiError {
  return new StripeApiError(400, { type: 'invalid_request_error', message, ...detail });
}

/** 404 for an object named in the path, 400 for one named in a parameter, as Stripe does. */
export function resourceMissing(options: {
  what: string;
  id: string;
  param: string;
  status?: 400 | 404;
}): StripeApiError {
  return new StripeApiError(options.status ?? 404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${options.what}: '${options.id}'`,
    param: options.param,
  });
}

/**
 * A parameter that Stripe has and the sandbox does not yet. It is refused by name, because
 * ignoring it would let code pass here that means something else at Stripe.
 */
export function unsupportedBySandbox(what: string, param: string): StripeApiError {
  return invalidRequest(
    `The Tradelane Stripe sandbox does not support ${what} yet. Stripe does; see docs/stripe.md.`,
    { code: 'sandbox_unsupported', param },
  );
}
