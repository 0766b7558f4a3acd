import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { consumeProjection, ProjectionMessage } from '../../src/process/consume-projection.ts';
import { PollingPolicy } from '../../src/tracking/polling.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { json, readEnvironment, text } from '../_shared/environment.ts';
import { count } from '../_shared/observe.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { eventStores } from '../_shared/stores.ts';

const { EVENTS_TABLE, VIEWS_TABLE, POLLING_POLICY } = readEnvironment({
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  POLLING_POLICY: json(PollingPolicy),
});
const client = dynamoDb();

const { escrows, payouts, sellers } = eventStores(client, EVENTS_TABLE);

const project = consumeProjection({
  ...{ escrows, payouts, sellers },
  views: dynamoViewStore({ client, tableName: VIEWS_TABLE }),
  polling: POLLING_POLICY,
});

/** Events that a person must know of, each the name of its metric. */
const ALARMING: ReadonlySet<string> = new Set([
  'HoldLimitNear',
  'HoldLimitForced',
  'ChargebackEvidenceNear',
  'ChargebackUnanswered',
  'ShipmentSilent',
  'LabelRefused',
  'PickupUncertain',
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
