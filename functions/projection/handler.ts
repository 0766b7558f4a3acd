import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { consumeProjection, ProjectionMessage } from '../../src/process/consume-projection.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { count } from '../_shared/observe.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const { EVENTS_TABLE, VIEWS_TABLE } = readEnvironment({ EVENTS_TABLE: text, VIEWS_TABLE: text });
const client = dynamoDb();

const project = consumeProjection({
  escrows: eventStores(client, EVENTS_TABLE).escrows,
  views: dynamoViewStore({ client, tableName: VIEWS_TABLE }),
});

/** Events that a person must know of, each the name of its metric. */
const ALARMING: ReadonlySet<string> = new Set([
  'HoldLimitNear',
  'HoldLimitForced',
  'ChargebackEvidenceNear',
  'ChargebackUnanswered',
]);

/** Keeps the read models, and counts what alarms. */
export const handler = queueWorker({
  schema: ProjectionMessage,
  consume: async (message) => {
    const handled = await project(message);
    for (const { type } of message.record.events) if (ALARMING.has(type)) count(type);
    return handled;
  },
});
