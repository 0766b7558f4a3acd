import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { shippingDocuments } from '../../src/process/shipping-documents.ts';
import { readTrade } from '../../src/process/trade-view.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { callers, carrierOf, stores } from './ports.ts';

const TRADE_ID = /^trd_[0-9a-z]{26}$/;

/** `GET /v1/trades/{tradeId}/shipment/documents`: the labels and papers that the carrier has of it. */
export async function getDocuments(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { marketplaceId } = await authenticate(callers, event, 'checkout');
  const tradeId = event.pathParameters?.['tradeId'] ?? '';
  const history = TRADE_ID.test(tradeId)
    ? await readTrade(stores, { tradeId, marketplaceId })
    : undefined;
  if (history === undefined) {
    throw new ProblemError({
      status: 404,
      code: 'trade.not_found',
      detail: 'There is no such trade.',
    });
  }
  const documents = await shippingDocuments(carrierOf, history);
  if (documents === undefined) {
    throw new ProblemError({
      status: 409,
      code: 'shipment.no_label',
      detail: 'There are papers once the label is bought.',
    });
  }
  return jsonResponse(200, { data: documents });
}
