import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { inMemoryViewStore } from '../../src/adapters/in-memory/view-store.ts';
import { describeViewStore } from '../support/describe-view-store.ts';
import { withDynamo } from '../support/dynamo.ts';

const dynamo = withDynamo();

describeViewStore('memory', async () => inMemoryViewStore());
describeViewStore('DynamoDB', async () => dynamoViewStore(await dynamo().createTable('views')));
