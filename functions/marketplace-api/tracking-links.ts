import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { renewTrackingLink, revokeTrackingLink } from '../../src/process/tracking-links.ts';
import { now } from '../_shared/clients.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { stores } from './ports.ts';
import { answerOf, ownTrade } from './trade-actions.ts';

const ports = { store: stores.links, now };

/** `POST /v1/trades/{tradeId}/tracking-link`: a new link to the buyer's page; older ones open nothing. */
export async function postTrackingLink(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const history = await ownTrade(event);
  const idempotencyKey = idempotencyKeyOf(event);
  const { tradeId, marketplaceId } = history.escrow.terms;
  await renewTrackingLink(ports, { owner: { tradeId, marketplaceId }, idempotencyKey });
  return answerOf(history);
}

/** `DELETE /v1/trades/{tradeId}/tracking-link`: no link opens the buyer's page any more. */
export async function deleteTrackingLink(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const history = await ownTrade(event);
  const { tradeId, marketplaceId } = history.escrow.terms;
  const cause = `api#${event.requestContext.requestId}`;
  await revokeTrackingLink(ports, { owner: { tradeId, marketplaceId }, cause });
  return answerOf(history);
}
