import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { RefundTrade } from '../../events/marketplace/refund-trade.v1.ts';
import { refundTrade, retryRefundOf } from '../../src/escrow/refund-trade.ts';
import { now } from '../_shared/clients.ts';
import { parseBody } from '../_shared/request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { stores } from './ports.ts';
import { act, actWithoutFields } from './trade-actions.ts';

const BODY_LIMIT_BYTES = 1_024;
const ports = { store: stores.escrows, now };

/** `POST /v1/trades/{tradeId}/refunds`: gives the buyer money back, in the currency charged. */
export const postRefund = (event: APIGatewayProxyEventV2) =>
  act(event, async (context) => {
    const idempotencyKey = idempotencyKeyOf(event);
    const { amount } = parseBody(event, { schema: RefundTrade, limitBytes: BODY_LIMIT_BYTES });
    return refundTrade(ports, context, { idempotencyKey, amount });
  });

/** `POST /v1/trades/{tradeId}/refunds/{refundId}/retry`: tries a failed refund anew. */
export const postRefundRetry = (event: APIGatewayProxyEventV2) =>
  actWithoutFields(event, (context) =>
    retryRefundOf(ports, context, { refundId: event.pathParameters?.['refundId'] ?? '' }),
  );
