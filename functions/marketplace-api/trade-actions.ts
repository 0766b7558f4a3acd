import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { acceptTrade } from '../../src/escrow/accept-trade.ts';
import { cancelTrade } from '../../src/escrow/cancel-trade.ts';
import type { EscrowContext } from '../../src/escrow/run.ts';
import {
  presentTrade,
  readEscrow,
  readTrade,
  type TradeHistory,
} from '../../src/process/trade-view.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody, rawBodyOf } from '../_shared/request.ts';
import { callers, collection, extrasOf, stores } from './ports.ts';

const TRADE_ID = /^trd_[0-9a-z]{26}$/;
const BODY_LIMIT_BYTES = 1_024;

/** Accepting and canceling take no fields; a body may be left out. */
const NoFields = z.strictObject({});

/** `GET /v1/trades/{tradeId}` */
export async function getTrade(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  return answerOf(await ownTrade(event));
}

/** `POST /v1/trades/{tradeId}/accept`: the buyer accepts the goods; everything held is released. */
export const postAccept = (event: APIGatewayProxyEventV2) =>
  actWithoutFields(event, async (context, requestId) =>
    acceptTrade(await collection(), context, { requestId }),
  );

/** `POST /v1/trades/{tradeId}/cancel`: closes a trade that is not paid. */
export const postCancel = (event: APIGatewayProxyEventV2) =>
  actWithoutFields(event, async (context) => cancelTrade(await collection(), context));

/** The caller's own trade; another marketplace's is not found, as one that does not exist. */
export const ownTrade = (event: APIGatewayProxyEventV2, scope?: string): Promise<TradeHistory> =>
  readOwn(event, (query) => readTrade(stores, query), scope);

/** As `ownTrade`, where nothing of its parcels and payouts is asked. */
export const ownEscrow = async (
  event: APIGatewayProxyEventV2,
  scope?: string,
): Promise<TradeHistory['escrow']> =>
  (await readOwn(event, (query) => readEscrow(stores, query), scope)).escrow;

async function readOwn<T>(
  event: APIGatewayProxyEventV2,
  read: (query: {
    readonly tradeId: string;
    readonly marketplaceId: string;
  }) => Promise<T | undefined>,
  scope = 'checkout',
): Promise<T> {
  const { marketplaceId } = await authenticate(callers, event, scope);
  const tradeId = event.pathParameters?.['tradeId'] ?? '';
  const found = TRADE_ID.test(tradeId) ? await read({ tradeId, marketplaceId }) : undefined;
  if (found !== undefined) return found;
  throw new ProblemError({
    status: 404,
    code: 'trade.not_found',
    detail: 'There is no such trade.',
  });
}

/** The trade as the API answers it. */
export const answerOf = async (history: TradeHistory): Promise<APIGatewayProxyStructuredResultV2> =>
  jsonResponse(200, presentTrade(history, await extrasOf(history)));

/** What came of it, as far as the answer goes. */
type Acted =
  | { readonly kind: 'appended' | 'unchanged' }
  | { readonly kind: 'rejected' | 'too_early'; readonly code: string; readonly detail: string };

/** Does something to the caller's own trade, and answers the trade as it is then. */
export async function act(
  event: APIGatewayProxyEventV2,
  action: (context: EscrowContext, requestId: string) => Promise<Acted>,
  scope?: string,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { terms } = await ownEscrow(event, scope);
  const { requestId } = event.requestContext;
  const outcome = await action({ tradeId: terms.tradeId, cause: `api#${requestId}` }, requestId);
  if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
    throw new ProblemError({ status: 409, code: outcome.code, detail: outcome.detail });
  }
  return answerOf(await ownTrade(event, scope));
}

/** As `act`, for a request that has no body, or an empty one. */
export const actWithoutFields: typeof act = (event, action, scope) =>
  act(
    event,
    async (context, requestId) => {
      if (rawBodyOf(event).length > 0)
        parseBody(event, { schema: NoFields, limitBytes: BODY_LIMIT_BYTES });
      return action(context, requestId);
    },
    scope,
  );
