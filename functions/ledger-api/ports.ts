import { dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({ EVENTS_TABLE: text, VIEWS_TABLE: text, ACCESS_TABLE: text });
const client = dynamoDb();

export const views = dynamoViewStore({ client, tableName: environment.VIEWS_TABLE });
export const apiKeys = dynamoApiKeys({ client, tableName: environment.ACCESS_TABLE });
export const { escrows, movements } = eventStores(client, environment.EVENTS_TABLE);
