import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { EarmarkDuties } from '../../events/marketplace/earmark-duties.v1.ts';
import { PayDuties } from '../../events/marketplace/pay-duties.v1.ts';
import { PresentDocument } from '../../events/marketplace/present-document.v1.ts';
import { runEscrow } from '../../src/escrow/run.ts';
import { dutyIdFor } from '../../src/platform/ids.ts';
import { now } from '../_shared/clients.ts';
import { parseBody, rawBodyOf } from '../_shared/request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { stores } from './ports.ts';
import { act } from './trade-actions.ts';

const limitBytes = 1_024;
const ports = { store: stores.escrows, now };

/** `POST …/milestones/{milestoneId}/documents`: the paper that a milestone waits for is there. */
export const postDocument = (event: APIGatewayProxyEventV2) =>
  act(event, async (context) => {
    const document = parseBody(event, { schema: PresentDocument, limitBytes });
    const milestoneId = event.pathParameters?.['milestoneId'] ?? '';
    const at = now().toISOString();
    return runEscrow(ports, context, { type: 'PresentDocument', milestoneId, ...document, at });
  });

/** `POST /v1/trades/{tradeId}/duties`: sets a part of what is held aside for customs. */
export const postDuties = (event: APIGatewayProxyEventV2) =>
  act(event, async (context) => {
    const dutyId = dutyIdFor(context.tradeId, idempotencyKeyOf(event));
    const { amount } = parseBody(event, { schema: EarmarkDuties, limitBytes });
    const at = now().toISOString();
    return runEscrow(ports, context, { type: 'EarmarkDuties', dutyId, amount, at });
  });

/** `POST …/duties/{dutyId}/payment`: they went out from the bank, as billed; scope `finance:post`. */
export const postDutiesPayment = (event: APIGatewayProxyEventV2) =>
  act(
    event,
    async (context) => {
      const { billed }: PayDuties = isBodyLess(event)
        ? {}
        : parseBody(event, { schema: PayDuties, limitBytes });
      const dutyId = event.pathParameters?.['dutyId'] ?? '';
      const at = now().toISOString();
      const bill = billed === undefined ? {} : { billed };
      return runEscrow(ports, context, { type: 'RecordDutiesPaid', dutyId, ...bill, at });
    },
    'finance:post',
  );

const isBodyLess = (event: APIGatewayProxyEventV2): boolean => rawBodyOf(event).length === 0;
