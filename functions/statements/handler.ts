import { largestFileBytes, readStatements } from '../../src/adapters/bank/read-statements.ts';
import { dynamoStatementStore } from '../../src/adapters/dynamodb/statement-store.ts';
import { ObjectCreated } from '../../src/adapters/s3/object-created.ts';
import { consumeStatements } from '../../src/process/consume-statements.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { filesIn } from '../_shared/files.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { statementVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  STATEMENTS_BUCKET: text,
  RECONCILIATION_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
});
const client = dynamoDb();

const take = consumeStatements({
  fetch: filesIn(environment.STATEMENTS_BUCKET).get,
  read: readStatements,
  largestFileBytes,
  statements: dynamoStatementStore({ client, tableName: environment.RECONCILIATION_TABLE }),
  vault: statementVault(client, {
    tableName: environment.VAULT_TABLE,
    secretArn: environment.VAULT_SECRET_ARN,
  }),
  now,
});

/** Reads the statements that arrive in the bucket. */
export const handler = queueWorker({
  schema: ObjectCreated,
  consume: ({ detail: { object } }) => take({ key: object.key, sizeBytes: object.size }),
});
