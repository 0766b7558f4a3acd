import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { StatementStore } from '../../reconciliation/ports.ts';
import {
  headKey,
  isUnread,
  type StatementFile,
  type StatementHead,
} from '../../reconciliation/stored-statement.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, queryAll, textOf, writeAll } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

const LIST = 'statements';

const fileKey = (fileId: string) => ({ pk: { S: `file#${fileId}` }, sk: { S: 'file' } });
const statementKey = (id: string) => ({ pk: { S: `statement#${id}` }, sk: { S: 'head' } });

const UNREAD = 'unread-files';
const unreadKey = (fileId: string) => ({ pk: { S: UNREAD }, sk: { S: fileId } });

/** That a file was read stands above that it was received, and what a person says of it above both. */
const RANKS: Readonly<Record<StatementFile['status'], string>> = {
  ...{ received: '0', read: '1', refused: '1', discarded: '2' },
};

/** Files and statements as JSON, each under its own id; statements also in one list by time. */
export const dynamoStatementStore = (table: ViewTable): StatementStore => ({
  putFile: async (file) => {
    const rank = { N: RANKS[file.status] };
    // The note first: a file that is nowhere to be seen is never missed. One too many does no harm.
    if (isUnread(file)) await writeAll(table, [{ PutRequest: { Item: unreadKey(file.fileId) } }]);
    const item = { ...fileKey(file.fileId), rank, json: { S: JSON.stringify(file) } };
    await putUnlessNewer(table, item, 'rank');
    if (!isUnread(file)) {
      await writeAll(table, [{ DeleteRequest: { Key: unreadKey(file.fileId) } }]);
    }
  },
  listUnread: async () => {
    const notes = await queryAll(table, {
      KeyConditionExpression: 'pk = :unread',
      ExpressionAttributeValues: { ':unread': { S: UNREAD } },
    });
    const read = notes.map((note) => getItem(table, fileKey(textOf(note, 'sk'))));
    const files = (await Promise.all(read)).flatMap((item) => jsonOf<StatementFile>(item) ?? []);
    return files.filter(isUnread);
  },
  getFile: async (fileId) => jsonOf<StatementFile>(await getItem(table, fileKey(fileId))),
  putStatement: async (head) => {
    const json = { S: JSON.stringify(head) };
    // The list last: what is listed can be opened.
    await writeAll(table, [{ PutRequest: { Item: { ...statementKey(head.statementId), json } } }]);
    const listed = { pk: { S: LIST }, sk: { S: headKey(head) }, json };
    await writeAll(table, [{ PutRequest: { Item: listed } }]);
  },
  getStatement: async (id) => jsonOf<StatementHead>(await getItem(table, statementKey(id))),
  listStatements: async ({ limit, after }) => {
    const items = await queryAll(
      table,
      {
        KeyConditionExpression: after === undefined ? 'pk = :list' : 'pk = :list AND sk < :after',
        ExpressionAttributeValues: {
          ':list': { S: LIST },
          ...(after === undefined ? {} : { ':after': { S: after } }),
        },
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
