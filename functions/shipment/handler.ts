import { easyPostCarrier } from '../../src/adapters/carriers/easypost/carrier.ts';
import { EasyPostSecret } from '../../src/adapters/secrets/schemas.ts';
import { consumeShipment, ShipmentMessage } from '../../src/process/consume-shipment.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { secret } from '../_shared/secrets.ts';
import { eventStores } from '../_shared/stores.ts';
import { partyVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  EASYPOST_SECRET_ARN: text,
  EASYPOST_API_BASE_URL: optionalText,
});
/** Carriers' own carriers are slow to price; still half of the function's time. */
const CARRIER_TIMEOUT_MS = 8_000;

const client = dynamoDb();
const { escrows, shipments } = eventStores(client, environment.EVENTS_TABLE);
const vault = partyVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
const easyPostSecret = secret(environment.EASYPOST_SECRET_ARN, EasyPostSecret);
const { EASYPOST_API_BASE_URL: baseUrl } = environment;

/** Orders labels for trades whose money is held. */
export const handler = queueWorker({
  schema: ShipmentMessage,
  consume: async (message) => {
    const { apiKey } = await easyPostSecret();
    const carrier = easyPostCarrier({
      apiKey,
      timeoutMs: CARRIER_TIMEOUT_MS,
      ...(baseUrl === undefined ? {} : { baseUrl }),
    });
    const ports = { store: shipments, escrows: { store: escrows, now }, now, vault, carrier };
    return consumeShipment(ports)(message);
  },
});
