import * as z from 'zod/mini';
import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import {
  readStripeEnvelope,
  StripeEventBridgeEnvelope,
} from '../../src/adapters/stripe/event-bridge.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { consumeDeliveries } from '../../src/process/consume-deliveries.ts';
import { consumePayments, PaymentsMessage } from '../../src/process/consume-payments.ts';
import { rateDesk } from '../../src/process/quote-desk.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { flag, optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { settlement } from '../_shared/settlement.ts';
import { eventStores } from '../_shared/stores.ts';
import { stripeClient } from '../_shared/stripe.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  RATES_TABLE: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
  LIVEMODE: flag,
});
const client = dynamoDb();
const { escrows } = eventStores(client, environment.EVENTS_TABLE);
const rates = rateDesk(dynamoRatesStore({ client, tableName: environment.RATES_TABLE }));
const settlementPorts = settlement(client);
const stripe = stripeClient({
  secretArn: environment.STRIPE_SECRET_ARN,
  apiBaseUrl: environment.STRIPE_API_BASE_URL,
});

/** Records what Stripe says of payments, refunds, transfers and accounts; closes payments and makes refunds. */
export const handler = queueWorker({
  schema: z.union([PaymentsMessage, StripeEventBridgeEnvelope]),
  consume: consumeDeliveries({
    read: (envelope) =>
      readStripeEnvelope(envelope, { livemode: environment.LIVEMODE, now: now() }),
    consume: async (message) =>
      consumePayments({
        collection: { store: escrows, now, rates, payments: stripePaymentProvider(await stripe()) },
        settlement: await settlementPorts(),
      })(message),
  }),
});
