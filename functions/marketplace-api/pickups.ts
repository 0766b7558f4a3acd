import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { CancelPickup } from '../../events/marketplace/cancel-pickup.v1.ts';
import { OrderPickup } from '../../events/marketplace/order-pickup.v1.ts';
import { cancelPickup, requestPickup } from '../../src/process/request-pickup.ts';
import { now } from '../_shared/clients.ts';
import { parseBody } from '../_shared/request.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { stores } from './ports.ts';
import { act } from './trade-actions.ts';

const limitBytes = 1_024;
const ports = {
  escrows: { store: stores.escrows, now },
  shipments: { store: stores.shipments, now },
};

/** `POST /v1/trades/{tradeId}/shipment/pickup`: the carrier is to come for the parcels. */
export const postPickup = (event: APIGatewayProxyEventV2) =>
  act(event, async ({ tradeId, cause }) => {
    const idempotencyKey = idempotencyKeyOf(event);
    const order = parseBody(event, { schema: OrderPickup, limitBytes });
    return requestPickup(ports, { tradeId, cause, idempotencyKey, ...order });
  });

/** `POST /v1/trades/{tradeId}/shipment/pickup/cancellation`: the carrier is not to come any more. */
export const postPickupCancellation = (event: APIGatewayProxyEventV2) =>
  act(event, async ({ tradeId, cause }) => {
    const named = parseBody(event, { schema: CancelPickup, limitBytes });
    return cancelPickup(ports, { tradeId, cause, ...named });
  });
