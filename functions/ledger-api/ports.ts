import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { callersOf, callerVariables } from '../_shared/callers.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({ EVENTS_TABLE: text, VIEWS_TABLE: text, ...callerVariables });
const client = dynamoDb();

export const views = dynamoViewStore({ client, tableName: environment.VIEWS_TABLE });
export const callers = callersOf(client, environment);
export const { escrows, movements } = eventStores(client, environment.EVENTS_TABLE);
