import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { consumePayments, PaymentsMessage } from '../../src/process/consume-payments.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { settlement } from '../_shared/settlement.ts';
import { eventStores } from '../_shared/stores.ts';
import { stripeClient } from '../_shared/stripe.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
});
const client = dynamoDb();
const { escrows } = eventStores(client, environment.EVENTS_TABLE);
const settlementPorts = settlement(client);
const stripe = stripeClient({
  secretArn: environment.STRIPE_SECRET_ARN,
  apiBaseUrl: environment.STRIPE_API_BASE_URL,
});

/** Records what Stripe says of payments, transfers and accounts, and closes canceled payments. */
export const handler = queueWorker({
  schema: PaymentsMessage,
  consume: async (message) =>
    consumePayments({
      collection: { store: escrows, now, payments: stripePaymentProvider(await stripe()) },
      settlement: await settlementPorts(),
    })(message),
});
