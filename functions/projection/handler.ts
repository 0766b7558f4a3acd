import { dynamoSettlementCurrencies } from '../../src/adapters/dynamodb/settlement-currencies.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { consumeProjection, ProjectionMessage } from '../../src/process/consume-projection.ts';
import { noteSettlementCurrency } from '../../src/process/note-settlement-currency.ts';
import { PollingPolicy } from '../../src/tracking/polling.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { json, readEnvironment, text } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';
import { countAlarming, tellSettlementCurrency } from './alarms.ts';

const { EVENTS_TABLE, VIEWS_TABLE, POLLING_POLICY } = readEnvironment({
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  POLLING_POLICY: json(PollingPolicy),
});
const client = dynamoDb();
const viewsTable = { client, tableName: VIEWS_TABLE };

const project = consumeProjection({
  ...eventStores(client, EVENTS_TABLE),
  views: dynamoViewStore(viewsTable),
  polling: POLLING_POLICY,
});
const noteCurrency = noteSettlementCurrency({
  currencies: dynamoSettlementCurrencies(viewsTable),
  tell: tellSettlementCurrency,
});

/** Keeps the read models, and counts what alarms. */
export const handler = queueWorker({
  schema: ProjectionMessage,
  consume: async (message) => {
    const handled = await project(message);
    await noteCurrency(message);
    countAlarming(message.record.events);
    return handled;
  },
});
