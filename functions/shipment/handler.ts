import { consumeShipment, ShipmentMessage } from '../../src/process/consume-shipment.ts';
import { easyPost } from '../_shared/carriers.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';
import { partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  EASYPOST_SECRET_ARN: text,
  EASYPOST_API_BASE_URL: optionalText,
});

const client = dynamoDb();
const { escrows, shipments } = eventStores(client, environment.EVENTS_TABLE);
const vault = partyVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
const easypost = easyPost({
  secretArn: environment.EASYPOST_SECRET_ARN,
  apiBaseUrl: environment.EASYPOST_API_BASE_URL,
});

/** Orders labels for trades whose money is held. */
export const handler = queueWorker({
  schema: ShipmentMessage,
  consume: async (message) => {
    const carrier = await easypost();
    const ports = { store: shipments, escrows: { store: escrows, now }, now, vault, carrier };
    return consumeShipment(ports)(message);
  },
});
