import { dynamoRecordStore } from '../../src/adapters/dynamodb/record-store.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { describeRecordStore } from '../support/describe-record-store.ts';
import { withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();

describeRecordStore('memory', async () => inMemoryRecordStore());
describeRecordStore('DynamoDB', async () =>
  dynamoRecordStore(await dynamo().createTable('events')),
);
