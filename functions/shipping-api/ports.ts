import * as z from 'zod/mini';
import { dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import { RateRule } from '../../src/shipment/choose-rate.ts';
import { type CarrierPort, noKeyFor } from '../../src/shipment/ports.ts';
import { carriersOf, carrierVariables } from '../_shared/carriers.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { flag, json, readEnvironment, text } from '../_shared/environment.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  ACCESS_TABLE: text,
  LABEL_CARRIER: z.enum(['easypost', 'shippo', 'dhl']),
  RATE_RULE: json(RateRule),
  INSURE_GOODS: flag,
  ...carrierVariables,
});
const client = dynamoDb();
const carrierNamed = carriersOf(environment);

export const stores = eventStores(client, environment.EVENTS_TABLE);
export const callers = {
  apiKeys: dynamoApiKeys({ client, tableName: environment.ACCESS_TABLE }),
};

/** Who sells the labels, and by which rule they are bought. */
export const selling = {
  provider: environment.LABEL_CARRIER,
  rule: environment.RATE_RULE,
  insureGoods: environment.INSURE_GOODS,
} as const;

/** A provider under its current key. One without a key is an operator's mistake: 503 until it is there. */
export const carrierOf = async (provider: string): Promise<CarrierPort> =>
  (await carrierNamed(provider)) ?? noKeyFor(provider);
