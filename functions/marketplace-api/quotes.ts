import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { CreateQuote } from '../../events/marketplace/create-quote.v1.ts';
import { offerQuote, presentQuote } from '../../src/process/offer-quote.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { callers, offers } from './ports.ts';

const BODY_LIMIT_BYTES = 4_096;
const QUOTE_ID = /^fxq_[0-9a-z]{26}$/;

/** `POST /v1/quotes`: a price to show, kept for the checkout that names it. */
export async function postQuote(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { marketplaceId } = await authenticate(callers, event, 'checkout');
  const idempotencyKey = idempotencyKeyOf(event);
  const body = parseBody(event, { schema: CreateQuote, limitBytes: BODY_LIMIT_BYTES });
  const result = await offerQuote(offers, { marketplaceId, idempotencyKey, body });
  if (result.kind === 'refused') {
    const status = result.code.startsWith('idempotency.') ? 409 : 422;
    throw new ProblemError({ status, code: result.code, detail: result.detail });
  }
  return jsonResponse(201, presentQuote(result.stored, offers), {
    location: `/v1/quotes/${result.stored.quote.id}`,
    ...(result.replayed ? { 'idempotent-replayed': 'true' } : {}),
  });
}

/** `GET /v1/quotes/{quoteId}`: another marketplace's is not found, as one that does not exist. */
export async function getQuote(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { marketplaceId } = await authenticate(callers, event, 'checkout');
  const quoteId = event.pathParameters?.['quoteId'] ?? '';
  const stored = QUOTE_ID.test(quoteId) ? await offers.quotes.get(quoteId) : undefined;
  if (stored !== undefined && stored.quote.marketplaceId === marketplaceId) {
    return jsonResponse(200, presentQuote(stored, offers));
  }
  throw new ProblemError({
    status: 404,
    code: 'quote.not_found',
    detail: 'There is no such quote.',
  });
}
