import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { RefusePayment } from '../../events/finance/refuse-payment.v1.ts';
import { presentPayout } from '../../src/process/payout-view.ts';
import { isSeenIn } from '../../src/process/seen-lines.ts';
import {
  approveRefusal,
  proposeRefusal,
  type RefusalRequest,
} from '../../src/settlement/refuse-payment.ts';
import type { PayoutOutcome } from '../../src/settlement/run.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { callers, lanes, stores } from './ports.ts';

const limitBytes = 1_024;
const ports = {
  ...{ store: stores.payouts, batches: stores.batches, now },
  isSeen: isSeenIn(lanes),
};

/** `POST /v1/payouts/{payoutId}/refusal`: the bank refused the payment before its debit. */
export const postRefusal: HttpHandler = async (event) => {
  const request = await requestOf(event);
  const refusal = parseBody(event, { schema: RefusePayment, limitBytes });
  return answer(request, await proposeRefusal(ports, request, refusal));
};

/** `POST …/refusal/approval`: another person agrees. */
export const postRefusalApproval: HttpHandler = async (event) => {
  const request = await requestOf(event);
  return answer(request, await approveRefusal(ports, request));
};

async function requestOf(event: APIGatewayProxyEventV2): Promise<RefusalRequest> {
  const { marketplaceId, actorId: by } = await authenticate(callers, event, 'finance:post');
  const payoutId = event.pathParameters?.['payoutId'] ?? '';
  return { marketplaceId, payoutId, by, requestId: event.requestContext.requestId };
}

function answer({ payoutId }: RefusalRequest, outcome: PayoutOutcome | undefined) {
  if (outcome === undefined) {
    const detail = 'There is no such payout.';
    throw new ProblemError({ status: 404, code: 'payout.not_found', detail });
  }
  if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
    throw new ProblemError({ status: 409, code: outcome.code, detail: outcome.detail });
  }
  return jsonResponse(200, presentPayout(payoutId, outcome.state));
}
