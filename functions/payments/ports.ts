import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { rateDesk } from '../../src/process/quote-desk.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { flag, optionalText, readEnvironment, text } from '../_shared/environment.ts';
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

/** Which events are ours, and by which clock. */
export const reading = () => ({ livemode: environment.LIVEMODE, now: now() });

/** What working a payment's message needs, with the current Stripe key. */
export const ports = async () => ({
  collection: { store: escrows, now, rates, payments: stripePaymentProvider(await stripe()) },
  settlement: await settlementPorts(),
});
