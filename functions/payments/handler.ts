import * as z from 'zod/mini';
import {
  readStripeEnvelope,
  StripeEventBridgeEnvelope,
} from '../../src/adapters/stripe/event-bridge.ts';
import { consumeDeliveries } from '../../src/process/consume-deliveries.ts';
import { consumePayments, PaymentsMessage } from '../../src/process/consume-payments.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { ports, reading } from './ports.ts';

/** Records what Stripe says of payments, refunds, transfers and accounts; closes payments and makes refunds. */
export const handler = queueWorker({
  schema: z.union([PaymentsMessage, StripeEventBridgeEnvelope]),
  consume: consumeDeliveries({
    read: (envelope) => readStripeEnvelope(envelope, reading()),
    consume: async (message) => consumePayments(await ports())(message),
  }),
});
