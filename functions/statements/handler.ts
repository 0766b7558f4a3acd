import { largestFileBytes, readStatements } from '../../src/adapters/bank/read-statements.ts';
import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import { dynamoStatementStore } from '../../src/adapters/dynamodb/statement-store.ts';
import { ObjectCreated } from '../../src/adapters/s3/object-created.ts';
import { consumeStatements } from '../../src/process/consume-statements.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { filesIn } from '../_shared/files.ts';
import { matchLanes } from '../_shared/matching.ts';
import { sqs } from '../_shared/queue-client.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { statementVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  STATEMENTS_BUCKET: text,
  RECONCILIATION_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  QUEUE_URL_MATCHING: text,
});
const client = dynamoDb();

const table = { client, tableName: environment.RECONCILIATION_TABLE };
const queue = sqs();

const take = consumeStatements({
  fetch: filesIn(environment.STATEMENTS_BUCKET).get,
  read: readStatements,
  largestFileBytes,
  statements: dynamoStatementStore(table),
  lanes: dynamoLaneStore(table),
  match: (lanes, fileId) =>
    matchLanes(queue, { queueUrl: environment.QUEUE_URL_MATCHING, lanes, cause: fileId }),
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
