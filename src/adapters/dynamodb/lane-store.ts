import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { type Lane, type LaneItem, linksOf } from '../../reconciliation/lane.ts';
import { type StoredItem, type StoredMatch, storedOf } from '../../reconciliation/plan.ts';
import type { LaneStore, WorkEntry } from '../../reconciliation/ports.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import { planStore } from './lane-plans.ts';
import type { Item } from './record-item.ts';
import { queryAll, textOf, writeAll } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

const AT_ONCE = 25;
const FREE = '';
/** Parts an item's id from what tells one note of it from another. */
const AGAIN = '#again#';
/** The same of a note that the item is expected no longer. */
const WITHDRAWN = '#withdrawn#';

const itemKey = (lane: Lane, id: string) => ({
  pk: { S: `item#${lane}#${id}` },
  sk: { S: 'item' },
});
const linkKey = (lane: Lane, link: string, id: string) => ({
  pk: { S: `link#${lane}#${link}` },
  sk: { S: id },
});
const workKey = (lane: Lane, id: string) => ({ pk: { S: `work#${lane}` }, sk: { S: id } });
const dueKey = (lane: Lane, dueOn: string, id: string) => ({
  pk: { S: `due#${lane}` },
  sk: { S: `${dueOn}#${id}` },
});
const matchKey = (matchId: string) => ({ pk: { S: `match#${matchId}` }, sk: { S: 'match' } });
const leaseKey = (lane: Lane) => ({ pk: { S: `lane#${lane}` }, sk: { S: 'lease' } });

const put = (item: Item): WriteRequest => ({ PutRequest: { Item: item } });
const remove = (key: Item): WriteRequest => ({ DeleteRequest: { Key: key } });
const withJson = (key: Item, value: unknown): Item => ({ ...key, json: { S: toExactJson(value) } });

/** Items, their links and what is to be looked at, in one table. */
export const dynamoLaneStore = (table: ViewTable): LaneStore => ({
  addItems: async (items) => {
    for (let start = 0; start < items.length; start += AT_ONCE) {
      await Promise.all(items.slice(start, start + AT_ONCE).map((item) => addItem(table, item)));
    }
  },
  getItems: (lane, ids) => getItems(table, lane, ids),
  findLinked: async (lane, link) => {
    const items = await queryAll(table, {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :link',
      ExpressionAttributeValues: { ':link': { S: `link#${lane}#${link}` } },
    });
    return items.map((item) => textOf(item, 'sk'));
  },
  listWork: (lane, query) => listWork(table, lane, query),
  finishWork: (_, entries) =>
    writeAll(
      table,
      entries.map(({ entry }) => remove(keyOfEntry(entry))),
    ),
  addWork: (lane, ids) =>
    writeAll(
      table,
      ids.map((id) => put(workKey(lane, `${id}${AGAIN}${randomUUID()}`))),
    ),
  saveItems: (items) => writeAll(table, items.flatMap(savingOf)),
  reopenItems: async (items) => {
    for (const item of items) await reopenItem(table, { ...item, status: 'open' });
  },
  saveMatches: (matches) =>
    writeAll(
      table,
      matches.map((match) => put(withJson(matchKey(match.matchId), match))),
    ),
  getMatch: (matchId) => getJson<StoredMatch>(table, matchKey(matchId)),
  ...planStore(table),
  lease: (lane, { holder, now, until }) =>
    putLease(table, { ...leaseKey(lane), holder: { S: holder }, until: { S: until } }, now),
  release: async (lane, holder) => {
    const lease = { ...leaseKey(lane), holder: { S: holder }, until: { S: FREE } };
    await putLease(table, lease, FREE);
  },
});

/** Item last: as long as it is closed, it is not reopened yet. */
async function reopenItem(table: ViewTable, stored: StoredItem): Promise<void> {
  await putToWork(table, stored);
  await writeAll(table, [put(withJson(itemKey(stored.lane, stored.item.id), stored))]);
}

/** Item first: links and work lead to what is there. */
async function addItem(table: ViewTable, added: LaneItem): Promise<void> {
  const { lane, item } = added;
  const stored = storedOf(added);
  if (!(await putNew(table, withJson(itemKey(lane, item.id), stored)))) {
    const [known] = await getItems(table, lane, [item.id]);
    if (known?.status !== 'open') return;
    if (added.withdrawn) {
      await writeAll(table, [put(workKey(lane, `${item.id}${WITHDRAWN}${randomUUID()}`))]);
      return;
    }
  } else if (added.withdrawn) return;
  await putToWork(table, stored);
}

async function putToWork(table: ViewTable, { lane, item, dueOn }: StoredItem): Promise<void> {
  const links = linksOf(item).map((link) => put(linkKey(lane, link, item.id)));
  const due = dueOn === null ? [] : [put(dueKey(lane, dueOn, item.id))];
  await writeAll(table, [...links, ...due]);
  await writeAll(table, [put(workKey(lane, item.id))]);
}

async function putNew({ client, tableName }: ViewTable, item: Item): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        ...{ TableName: tableName, Item: item },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function savingOf(stored: StoredItem): readonly WriteRequest[] {
  const { lane, item, status, dueOn } = stored;
  const saved = put(withJson(itemKey(lane, item.id), stored));
  if (status === 'open') return [saved];
  return [
    saved,
    ...linksOf(item).map((link) => remove(linkKey(lane, link, item.id))),
    ...(dueOn === null ? [] : [remove(dueKey(lane, dueOn, item.id))]),
  ];
}

async function getItems(
  table: ViewTable,
  lane: Lane,
  ids: readonly string[],
): Promise<readonly StoredItem[]> {
  const found: (StoredItem | undefined)[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE);
    const read = some.map((id) => getJson<StoredItem>(table, itemKey(lane, id)));
    found.push(...(await Promise.all(read)));
  }
  return found.filter((item) => item !== undefined);
}

async function listWork(
  table: ViewTable,
  lane: Lane,
  { today, limit }: { readonly today: string; readonly limit: number },
): Promise<readonly WorkEntry[]> {
  const added = await queryAll(
    table,
    {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :work',
      ExpressionAttributeValues: { ':work': { S: `work#${lane}` } },
    },
    limit,
  );
  const entries = added.map((item) => entryOf(item, textOf(item, 'sk')));
  if (entries.length >= limit) return entries;
  const due = await queryAll(
    table,
    {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :due AND sk < :until',
      // '$' sorts after '#': what falls due today is due.
      ExpressionAttributeValues: { ':due': { S: `due#${lane}` }, ':until': { S: `${today}$` } },
    },
    limit - added.length,
  );
  const dueEntries = due.map((item) =>
    entryOf(item, textOf(item, 'sk').slice('YYYY-MM-DD#'.length)),
  );
  return [...entries, ...dueEntries];
}

const entryOf = (item: Item, note: string): WorkEntry => ({
  itemId: note.split(AGAIN)[0]?.split(WITHDRAWN)[0] ?? note,
  entry: `${textOf(item, 'pk')}\n${textOf(item, 'sk')}`,
  withdrawn: note.includes(WITHDRAWN),
});

function keyOfEntry(entry: string): Item {
  const [pk = '', sk = ''] = entry.split('\n');
  return { pk: { S: pk }, sk: { S: sk } };
}

async function getJson<T>({ client, tableName }: ViewTable, Key: Item): Promise<T | undefined> {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
  );
  return item === undefined ? undefined : fromExactJson<T>(textOf(item, 'json'));
}

async function putLease(
  { client, tableName }: ViewTable,
  lease: Item,
  now: string,
): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        ...{ TableName: tableName, Item: lease },
        ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder OR #until <= :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':holder': lease['holder'] ?? { S: '' }, ':now': { S: now } },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
