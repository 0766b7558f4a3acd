import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { consumeSettlement, SettlementMessage } from '../../src/process/consume-settlement.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';
import { stripeClient } from '../_shared/stripe.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  STRIPE_SECRET_ARN: text,
  STRIPE_API_BASE_URL: optionalText,
});
const store = eventStores(dynamoDb(), environment.EVENTS_TABLE).payouts;
const stripe = stripeClient({
  secretArn: environment.STRIPE_SECRET_ARN,
  apiBaseUrl: environment.STRIPE_API_BASE_URL,
});

/** Pays sellers what was released. */
export const handler = queueWorker({
  schema: SettlementMessage,
  consume: async (message) =>
    consumeSettlement({ store, now, rail: stripeTransferRail(await stripe()) })(message),
});
