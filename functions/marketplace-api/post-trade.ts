import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import { openTrade } from '../../src/escrow/open-trade.ts';
import { refusalOfGoods } from '../../src/process/goods-declaration.ts';
import { refusalOfPayout } from '../../src/process/payable-seller.ts';
import { keepParties, toProposal } from '../../src/process/trade-proposal.ts';
import { presentTrade, readTrade } from '../../src/process/trade-view.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import {
  callers,
  collection,
  corridors,
  extrasOf,
  quoteDeskFor,
  settings,
  stores,
  vault,
} from './ports.ts';

const BODY_LIMIT_BYTES = 131_072;
/** What another request has settled already. */
const CONFLICT = /^idempotency\.|^quote\.(?:used|expired)$/;

/** `POST /v1/trades`: opens a trade, and answers it with its quote and Stripe's client secret. */
export async function postTrade(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { marketplaceId } = await authenticate(callers, event, 'checkout');
  const idempotencyKey = idempotencyKeyOf(event);
  const body = parseBody(event, { schema: CreateTrade, limitBytes: BODY_LIMIT_BYTES });
  const proposal = toProposal(body, { marketplaceId, idempotencyKey, ...settings });
  const result = await openTrade(
    {
      ...(await collection()),
      quotes: quoteDeskFor(marketplaceId, body),
      refusalOfGoods: () => refusalOfGoods(body, settings.customs),
      keepParties: () => keepParties(vault, proposal, body),
      paymentWindowSeconds: settings.paymentWindowSeconds,
      refusalOfPayout: (terms) => refusalOfPayout(corridors, terms),
    },
    proposal,
  );
  if (result.kind === 'refused') {
    const status = CONFLICT.test(result.code) ? 409 : 422;
    const { code, detail, errors } = result;
    throw new ProblemError({ status, code, detail, ...(errors === undefined ? {} : { errors }) });
  }
  const { tradeId } = proposal;
  const history = await readTrade(stores, { tradeId, marketplaceId });
  const payment =
    result.payment === null
      ? null
      : {
          provider: 'stripe',
          paymentIntentId: result.payment.paymentIntentId,
          clientSecret: result.payment.clientSecret,
        };
  return jsonResponse(
    201,
    { ...(history === undefined ? {} : presentTrade(history, await extrasOf(history))), payment },
    {
      location: `/v1/trades/${tradeId}`,
      ...(result.replayed ? { 'idempotent-replayed': 'true' } : {}),
    },
  );
}
