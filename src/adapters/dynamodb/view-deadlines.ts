import type { DeadlineKind } from '../../../events/messages/deadline-passed.v1.ts';
import { sha256Hex } from '../../platform/ids.ts';
import type { Deadline, ViewStore } from '../../process/views.ts';
import type { Item } from './record-item.ts';
import { queryAll, textOf, writeAll } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

/** Deadlines are spread over partitions, so that no single one takes every write. */
const SHARDS = ['0', '1', '2', '3'] as const;

const shardOf = (subjectId: string): string =>
  SHARDS[Number.parseInt(sha256Hex(subjectId).slice(0, 2), 16) % SHARDS.length] ?? SHARDS[0];

const keyOf = ({ subjectId, dueAt, deadline }: Deadline): Item => ({
  pk: { S: `deadline#${shardOf(subjectId)}` },
  sk: { S: `${dueAt}#${deadline}#${subjectId}` },
});

const toItem = (deadline: Deadline): Item => ({
  ...keyOf(deadline),
  tradeId: { S: deadline.tradeId },
  marketplaceId: { S: deadline.marketplaceId },
});

function fromItem(item: Item): Deadline {
  const sortKey = textOf(item, 'sk');
  const [dueAt = '', deadline = ''] = sortKey.split('#', 2);
  return {
    deadline: deadline as DeadlineKind,
    dueAt,
    subjectId: sortKey.slice(`${dueAt}#${deadline}#`.length),
    tradeId: textOf(item, 'tradeId'),
    marketplaceId: textOf(item, 'marketplaceId'),
  };
}

/** What falls due, in the order it does. */
export const deadlineViews = (
  table: ViewTable,
): Pick<ViewStore, 'putDeadlines' | 'dueDeadlines' | 'removeDeadlines'> => ({
  putDeadlines: (deadlines) =>
    writeAll(
      table,
      deadlines.map((deadline) => ({ PutRequest: { Item: toItem(deadline) } })),
    ),
  dueDeadlines: async ({ at, limit }) => {
    const pages = await Promise.all(
      SHARDS.map((shard) =>
        queryAll(
          table,
          {
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :shard AND sk <= :until',
            // '$' sorts after '#': a deadline of this very instant is due.
            ExpressionAttributeValues: {
              ':shard': { S: `deadline#${shard}` },
              ':until': { S: `${at}$` },
            },
          },
          limit,
        ),
      ),
    );
    // Each shard is in order; only together do they say what is longest overdue.
    return pages
      .flat()
      .sort((left, right) => (textOf(left, 'sk') < textOf(right, 'sk') ? -1 : 1))
      .slice(0, limit)
      .map(fromItem);
  },
  removeDeadlines: (deadlines) =>
    writeAll(
      table,
      deadlines.map((deadline) => ({ DeleteRequest: { Key: keyOf(deadline) } })),
    ),
});
