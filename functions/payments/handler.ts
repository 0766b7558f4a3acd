import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { consumePayments, PaymentsMessage } from '../../src/process/consume-payments.ts';
import { rateDesk } from '../../src/process/quote-desk.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { settlement } from '../_shared/settlement.ts';
import { eventStores } from '../_shared/stores.ts';
import { stripeClient } from '../_shared/stripe.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  RATES_TABLE: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
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
  schema: PaymentsMessage,
  consume: async (message) =>
    consumePayments({
      collection: { store: escrows, now, rates, payments: stripePaymentProvider(await stripe()) },
      settlement: await settlementPorts(),
    })(message),
});
