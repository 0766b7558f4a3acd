import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { StatementStore } from '../../reconciliation/ports.ts';
import type { StatementFile, StatementHead } from '../../reconciliation/stored-statement.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, queryAll, textOf, writeAll } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

const LIST = 'statements';

const fileKey = (fileId: string) => ({ pk: { S: `file#${fileId}` }, sk: { S: 'file' } });
const statementKey = (id: string) => ({ pk: { S: `statement#${id}` }, sk: { S: 'head' } });

/** That a file was read stands above that it was received. */
const rankOf = ({ status }: StatementFile): string => (status === 'received' ? '0' : '1');

/** Files and statements as JSON, each under its own id; statements also in one list by time. */
export const dynamoStatementStore = (table: ViewTable): StatementStore => ({
  putFile: (file) => {
    const rank = { N: rankOf(file) };
    return putUnlessNewer(
      table,
      { ...fileKey(file.fileId), rank, json: { S: JSON.stringify(file) } },
      'rank',
    );
  },
  getFile: async (fileId) => jsonOf<StatementFile>(await getItem(table, fileKey(fileId))),
  putStatement: async (head) => {
    const json = { S: JSON.stringify(head) };
    // The list last: what is listed can be opened.
    await writeAll(table, [{ PutRequest: { Item: { ...statementKey(head.statementId), json } } }]);
    const listed = { pk: { S: LIST }, sk: { S: `${head.receivedAt}#${head.statementId}` }, json };
    await writeAll(table, [{ PutRequest: { Item: listed } }]);
  },
  getStatement: async (id) => jsonOf<StatementHead>(await getItem(table, statementKey(id))),
  listStatements: async ({ limit }) => {
    const items = await queryAll(
      table,
      {
        KeyConditionExpression: 'pk = :list',
        ExpressionAttributeValues: { ':list': { S: LIST } },
        ScanIndexForward: false,
      },
      limit,
    );
    return items.map((item) => JSON.parse(textOf(item, 'json')) as StatementHead);
  },
});

async function getItem({ client, tableName }: ViewTable, Key: Item): Promise<Item | undefined> {
  const answer = await client.send(
    new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
  );
  return answer.Item;
}

const jsonOf = <T>(item: Item | undefined): T | undefined =>
  item === undefined ? undefined : (JSON.parse(textOf(item, 'json')) as T);
