import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { WriteOffDebt } from '../../events/marketplace/write-off-debt.v1.ts';
import { blockDesk } from '../../src/process/block-desk.ts';
import type { SellerOutcome } from '../../src/settlement/run.ts';
import {
  approveWriteOff,
  listDebts,
  presentDebt,
  type WriteOffRequest,
  writeOffDebt,
} from '../../src/settlement/write-off.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { callers, stores, writeOffLimits } from './ports.ts';

const limitBytes = 4_096;
const ports = {
  ...{ sellers: stores.sellers, now, limits: writeOffLimits },
  blockOf: blockDesk(stores.escrows),
};

/** `GET /v1/payout-accounts/{payoutAccountId}/debts`: what the seller who is paid there owes. */
export const getDebts: HttpHandler = async (event) => {
  const { marketplaceId } = await authenticate(callers, event, 'finance:read');
  const payoutAccountId = event.pathParameters?.['payoutAccountId'] ?? '';
  return jsonResponse(200, { data: await listDebts(stores, { marketplaceId, payoutAccountId }) });
};

/** `POST …/debts/{debtId}/write-off`: what is left is given up, or that is proposed. */
export const postWriteOff: HttpHandler = async (event) => {
  const request = await requestOf(event);
  const { reason } = parseBody(event, { schema: WriteOffDebt, limitBytes });
  return answer(request, await writeOffDebt(ports, request, reason));
};

/** `POST …/debts/{debtId}/write-off/approval`: another person agrees. */
export const postApproval: HttpHandler = async (event) => {
  const request = await requestOf(event);
  return answer(request, await approveWriteOff(ports, request));
};

async function requestOf(event: APIGatewayProxyEventV2): Promise<WriteOffRequest> {
  const { marketplaceId, actorId: by } = await authenticate(callers, event, 'finance:post');
  const { payoutAccountId = '', debtId = '' } = event.pathParameters ?? {};
  return { marketplaceId, payoutAccountId, debtId, by, requestId: event.requestContext.requestId };
}

function answer({ debtId }: WriteOffRequest, outcome: SellerOutcome) {
  if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
    const status = outcome.code === 'seller.debt_unknown' ? 404 : 409;
    throw new ProblemError({ status, code: outcome.code, detail: outcome.detail });
  }
  const debt = outcome.state.debts.get(debtId);
  return jsonResponse(200, debt === undefined ? {} : presentDebt(debt));
}
