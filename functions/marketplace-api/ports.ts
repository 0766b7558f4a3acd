import { dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import type { CollectionPorts } from '../../src/escrow/collect.ts';
import { holdLimitSecondsIn } from '../../src/escrow/timetable.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { optionalText, readEnvironment, text, wholeNumber } from '../_shared/environment.ts';
import { quotes } from '../_shared/quotes.ts';
import { eventStores } from '../_shared/stores.ts';
import { stripeClient } from '../_shared/stripe.ts';
import { partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  RATES_TABLE: text,
  ACCESS_TABLE: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
  VAULT_SECRET_ARN: text,
  PLATFORM_FEE_BASIS_POINTS: wholeNumber,
  FX_MARGIN_BASIS_POINTS: wholeNumber,
  PAYMENT_WINDOW_SECONDS: wholeNumber,
  INSPECTION_PERIOD_SECONDS: wholeNumber,
  PLATFORM_COUNTRY: optionalText,
  SERVICE_VERSION: text,
});

const client = dynamoDb();
const stripe = stripeClient({
  secretArn: environment.STRIPE_SECRET_ARN,
  apiBaseUrl: environment.STRIPE_API_BASE_URL,
});

export const stores = eventStores(client, environment.EVENTS_TABLE);
export const apiKeys = dynamoApiKeys({ client, tableName: environment.ACCESS_TABLE });
export const vault = partyVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
export const quoteDesk = quotes(client, {
  tableName: environment.RATES_TABLE,
  marginBasisPoints: environment.FX_MARGIN_BASIS_POINTS,
  lockSeconds: environment.PAYMENT_WINDOW_SECONDS,
});

/** What taking a payment needs, with the current Stripe key. */
export const collection = async (): Promise<CollectionPorts> => ({
  store: stores.escrows,
  now,
  payments: stripePaymentProvider(await stripe()),
});

export const settings = {
  feeBasisPoints: environment.PLATFORM_FEE_BASIS_POINTS,
  paymentWindowSeconds: environment.PAYMENT_WINDOW_SECONDS,
  inspectionPeriodSeconds: environment.INSPECTION_PERIOD_SECONDS,
  holdLimitSeconds: holdLimitSecondsIn(environment.PLATFORM_COUNTRY),
  version: environment.SERVICE_VERSION,
} as const;
