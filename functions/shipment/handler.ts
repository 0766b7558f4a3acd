import * as z from 'zod/mini';
import { consumeShipment, ShipmentMessage } from '../../src/process/consume-shipment.ts';
import { RateRule } from '../../src/shipment/choose-rate.ts';
import { noKeyFor } from '../../src/shipment/ports.ts';
import { carriersOf, carrierVariables } from '../_shared/carriers.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { flag, json, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';
import { partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  LABEL_CARRIER: z.enum(['easypost', 'shippo', 'dhl']),
  RATE_RULE: json(RateRule),
  INSURE_GOODS: flag,
  ...carrierVariables,
});
const client = dynamoDb();
const { escrows, shipments } = eventStores(client, environment.EVENTS_TABLE);
const vault = partyVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
const carrierOf = carriersOf(environment);
const { LABEL_CARRIER: seller, RATE_RULE: rule, INSURE_GOODS: insureGoods } = environment;

/** Orders labels for trades whose money is held, gives them back, and has couriers come. */
export const handler = queueWorker({
  schema: ShipmentMessage,
  consume: async (message) => {
    const carrier = (await carrierOf(seller)) ?? noKeyFor(seller);
    const ports = { store: shipments, escrows: { store: escrows, now }, now, vault, carrier };
    return consumeShipment({ ...ports, carrierOf, rule, insureGoods })(message);
  },
});
