import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import { inMemoryLaneStore } from '../../src/adapters/in-memory/lane-store.ts';
import { describeLaneStore } from '../support/describe-lane-store.ts';
import { withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();

describeLaneStore('memory', async () => inMemoryLaneStore());
describeLaneStore('DynamoDB', async () =>
  dynamoLaneStore(await dynamo().createTable('reconciliation')),
);
