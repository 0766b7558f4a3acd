import { keyUpTo } from '../../process/finance-views.ts';
import type { Item } from './record-item.ts';
import { queryAll, textOf } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

/** What has a status, in an order of its own: the index that trades are listed by too. */
const STATUS_INDEX = 'byStatus';
const FIRST = ' ';

type Wanted = Readonly<Record<string, string | undefined>>;

export type StatusList = {
  readonly partition: string;
  /** Bounds of the order's key, both included; what begins with `until` is in it too. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** The key of the last item that was read. */
  readonly after?: string | undefined;
  readonly limit: number;
  readonly isDescending?: boolean;
  /** Attributes that must have a value. */
  readonly filter?: Wanted;
};

/** A filter by those attributes of which a value is wanted. */
export function filterBy(wanted: Wanted) {
  const given = Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  if (given.length === 0) return { values: {} };
  return {
    FilterExpression: given.map(([name]) => `#${name} = :${name}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(given.map(([name, value]) => [`:${name}`, { S: value }])),
  };
}

/** A page of a list. The last item of the page before it is read again and left out. */
export async function listByStatus(table: ViewTable, list: StatusList): Promise<readonly Item[]> {
  const { partition, from = FIRST, until, after, limit, isDescending = false } = list;
  const last = keyUpTo(until ?? '');
  const [low, high] = isDescending ? [from, after ?? last] : [after ?? from, last];
  const { values, ...filter } = filterBy(list.filter ?? {});
  const items = await queryAll(
    table,
    {
      IndexName: STATUS_INDEX,
      KeyConditionExpression: 'statusKey = :partition AND openedAt BETWEEN :low AND :high',
      ...filter,
      ExpressionAttributeValues: {
        ...{ ':partition': { S: partition }, ':low': { S: low }, ':high': { S: high } },
        ...values,
      },
      ScanIndexForward: !isDescending,
    },
    limit + 1,
  );
  return items.filter((item) => textOf(item, 'openedAt') !== after).slice(0, limit);
}
