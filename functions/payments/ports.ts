import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { stripeOwnPayouts } from '../../src/adapters/stripe/own-payouts.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { rateDesk } from '../../src/process/quote-desk.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { flag, optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { settlement } from '../_shared/settlement.ts';
import { eventStores } from '../_shared/stores.ts';
import { stripeClient } from '../_shared/stripe.ts';
import { evidenceVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  RATES_TABLE: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
  LIVEMODE: flag,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
});
const client = dynamoDb();
const { escrows, movements } = eventStores(client, environment.EVENTS_TABLE);
const rates = rateDesk(dynamoRatesStore({ client, tableName: environment.RATES_TABLE }));
const evidence = evidenceVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
const settlementPorts = settlement(client);
const stripe = stripeClient({
  secretArn: environment.STRIPE_SECRET_ARN,
  apiBaseUrl: environment.STRIPE_API_BASE_URL,
});

/** Which events are ours, and by which clock. */
export const reading = () => ({ livemode: environment.LIVEMODE, now: now() });

/** What working a payment's message needs, with the current Stripe key. */
export const ports = async () => ({
  collection: {
    ...{ store: escrows, now, rates, evidence },
    payments: stripePaymentProvider(await stripe()),
  },
  settlement: await settlementPorts(),
  treasury: { store: movements, now, payouts: stripeOwnPayouts(await stripe()) },
  feed: stripeEventFeed(await stripe(), { livemode: environment.LIVEMODE }),
});
