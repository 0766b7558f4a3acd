import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { AgreeAward } from '../../events/marketplace/agree-award.v1.ts';
import { DecideDispute } from '../../events/marketplace/decide-dispute.v1.ts';
import { DisputeTrade } from '../../events/marketplace/dispute-trade.v1.ts';
import { EscalateDispute } from '../../events/marketplace/escalate-dispute.v1.ts';
import { ProposeAward } from '../../events/marketplace/propose-award.v1.ts';
import {
  agreeAwardFor,
  decideDisputeOf,
  disputeTrade,
  escalateDisputeOf,
  proposeAwardFor,
  withdrawDisputeOf,
} from '../../src/escrow/dispute-trade.ts';
import { requestReturn } from '../../src/process/request-return.ts';
import { now } from '../_shared/clients.ts';
import { parseBody } from '../_shared/request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { stores } from './ports.ts';
import { act, actWithoutFields } from './trade-actions.ts';

const limitBytes = 4_096;
const ports = { store: stores.escrows, now };

const disputeIdOf = (event: APIGatewayProxyEventV2): string =>
  event.pathParameters?.['disputeId'] ?? '';

/** `POST /v1/trades/{tradeId}/disputes`: the buyer disputes what is held, or milestones of it. */
export const postDispute = (event: APIGatewayProxyEventV2) =>
  act(event, async (context) => {
    const idempotencyKey = idempotencyKeyOf(event);
    const body = parseBody(event, { schema: DisputeTrade, limitBytes });
    const { reason, milestoneIds = null, evidenceSha256 = null } = body;
    return disputeTrade(ports, context, { idempotencyKey, reason, milestoneIds, evidenceSha256 });
  });

/** `POST …/disputes/{disputeId}/proposals`: a side proposes a split. */
export const postProposal = (event: APIGatewayProxyEventV2) =>
  act(event, async (context, requestId) => {
    const proposal = parseBody(event, { schema: ProposeAward, limitBytes });
    const disputeId = disputeIdOf(event);
    return proposeAwardFor(ports, context, { disputeId, requestId, ...proposal });
  });

/** `POST …/disputes/{disputeId}/agreement`: the other side accepts the proposal that stands. */
export const postAgreement = (event: APIGatewayProxyEventV2) =>
  act(event, async (context) => {
    const agreement = parseBody(event, { schema: AgreeAward, limitBytes });
    return agreeAwardFor(ports, context, { disputeId: disputeIdOf(event), ...agreement });
  });

/** `POST …/disputes/{disputeId}/escalation`: a side asks for a decision. */
export const postEscalation = (event: APIGatewayProxyEventV2) =>
  act(event, async (context) => {
    const { by } = parseBody(event, { schema: EscalateDispute, limitBytes });
    return escalateDisputeOf(ports, context, { disputeId: disputeIdOf(event), by });
  });

/** `POST …/disputes/{disputeId}/decision`: the arbitrator splits what is disputed. */
export const postDecision = (event: APIGatewayProxyEventV2) =>
  act(
    event,
    async (context) => {
      const verdict = parseBody(event, { schema: DecideDispute, limitBytes });
      return decideDisputeOf(ports, context, { disputeId: disputeIdOf(event), ...verdict });
    },
    'arbitrate',
  );

/** `POST …/disputes/{disputeId}/return`: the goods go back to the seller, under a label of ours. */
export const postReturn = (event: APIGatewayProxyEventV2) =>
  actWithoutFields(event, async ({ tradeId, cause }) =>
    requestReturn(
      { escrows: ports, shipments: { store: stores.shipments, now } },
      { tradeId, cause, disputeId: disputeIdOf(event) },
    ),
  );

/** `POST …/disputes/{disputeId}/withdrawal`: the buyer takes the dispute back. */
export const postWithdrawal = (event: APIGatewayProxyEventV2) =>
  actWithoutFields(event, async (context) =>
    withdrawDisputeOf(ports, context, { disputeId: disputeIdOf(event) }),
  );
