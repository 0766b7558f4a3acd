import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ContestChargeback } from '../../events/marketplace/contest-chargeback.v1.ts';
import { acceptChargeback, contestChargeback } from '../../src/escrow/answer-chargebacks.ts';
import { chargebackResponseIdFor } from '../../src/platform/ids.ts';
import { now } from '../_shared/clients.ts';
import { parseBody, rawBodyOf } from '../_shared/request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { evidence, stores } from './ports.ts';
import { act, actWithoutFields } from './trade-actions.ts';

const BODY_LIMIT_BYTES = 65_536;
const ports = { store: stores.escrows, now, evidence };

const answerOf = (event: APIGatewayProxyEventV2) => {
  const chargebackId = event.pathParameters?.['chargebackId'] ?? '';
  return {
    chargebackId,
    responseId: chargebackResponseIdFor(chargebackId, idempotencyKeyOf(event)),
  };
};

/** `POST …/chargebacks/{chargebackId}/evidence`: contests it; without a body, by what we hold alone. */
export const postEvidence = (event: APIGatewayProxyEventV2) =>
  act(
    event,
    async (context) => {
      const answer = answerOf(event);
      if (rawBodyOf(event).length === 0) return contestChargeback(ports, context, answer);
      const limitBytes = BODY_LIMIT_BYTES;
      const words = parseBody(event, { schema: ContestChargeback, limitBytes });
      return contestChargeback(ports, context, { ...answer, words });
    },
    'arbitrate',
  );

/** `POST …/chargebacks/{chargebackId}/acceptance`: gives it up. */
export const postAcceptance = (event: APIGatewayProxyEventV2) =>
  actWithoutFields(
    event,
    async (context) => acceptChargeback(ports, context, answerOf(event)),
    'arbitrate',
  );
