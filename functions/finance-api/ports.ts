import { dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import { dynamoStatementStore } from '../../src/adapters/dynamodb/statement-store.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { filesIn } from '../_shared/files.ts';
import { statementVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  STATEMENTS_BUCKET: text,
  RECONCILIATION_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  ACCESS_TABLE: text,
});
const client = dynamoDb();
const table = { client, tableName: environment.RECONCILIATION_TABLE };

export const files = filesIn(environment.STATEMENTS_BUCKET);
export const statements = dynamoStatementStore(table);
export const lines = statementVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
export const apiKeys = dynamoApiKeys({ client, tableName: environment.ACCESS_TABLE });
