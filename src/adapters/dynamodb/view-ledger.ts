import type { CurrencyCode } from '../../money/currency.ts';
import {
  type LedgerViews,
  type Posting,
  postingKey,
  type SliceKey,
  type TurnoverSlice,
} from '../../process/views.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import type { Item } from './record-item.ts';
import { putUnlessNewer, queryAll, textOf, writeAll } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

const postingsKey = (account: string, currency: string, day: string): string =>
  `postings#${account}#${currency}#${day}`;

const postingKeys = (posting: Posting): Item => ({
  pk: { S: postingsKey(posting.account, posting.currency, posting.bookedAt.slice(0, DAY_LENGTH)) },
  sk: { S: postingKey(posting) },
});

const MONTH_LENGTH = 'YYYY-MM'.length;

/** What was late stands in the list of the month in which it happened, too. */
const lateItems = (posting: Posting): readonly Item[] => {
  const { occurredAt } = posting;
  if (occurredAt === undefined) return [];
  const keys = {
    pk: { S: `late-postings#${occurredAt.slice(0, MONTH_LENGTH)}` },
    sk: { S: posting.postingId },
  };
  return [{ ...keys, json: { S: toExactJson(posting) } }];
};

const toPostingItem = (posting: Posting): Item => ({
  ...postingKeys(posting),
  ...(posting.occurredAt === undefined ? {} : { occurredAt: { S: posting.occurredAt } }),
  kind: { S: posting.kind },
  amountMinor: { N: posting.amountMinor.toString() },
  tradeId: { S: posting.tradeId },
  ...(posting.scope === undefined ? {} : { scope: { S: posting.scope } }),
});

function fromPostingItem(item: Item): Posting {
  const [, account = '', currency = ''] = textOf(item, 'pk').split('#');
  const sortKey = textOf(item, 'sk');
  const separator = sortKey.indexOf('#');
  return {
    postingId: sortKey.slice(separator + 1),
    account,
    currency: currency as CurrencyCode,
    bookedAt: sortKey.slice(0, separator),
    kind: textOf(item, 'kind'),
    amountMinor: BigInt(textOf(item, 'amountMinor')),
    tradeId: textOf(item, 'tradeId'),
    ...(item['occurredAt']?.S === undefined ? {} : { occurredAt: item['occurredAt'].S }),
    ...(item['scope']?.S === undefined ? {} : { scope: item['scope'].S }),
  };
}

const sliceItem = (slice: TurnoverSlice): Item => ({
  pk: { S: `trial-balance#${slice.minute.slice(0, DAY_LENGTH)}` },
  sk: { S: `${slice.account}#${slice.currency}#${slice.minute}` },
  postings: { N: String(slice.postings) },
  debitMinor: { N: slice.debitMinor.toString() },
  creditMinor: { N: slice.creditMinor.toString() },
});

function fromSliceItem(item: Item): TurnoverSlice {
  const [account = '', currency = '', minute = ''] = textOf(item, 'sk').split('#');
  return {
    account,
    currency: currency as CurrencyCode,
    minute,
    postings: Number(textOf(item, 'postings')),
    debitMinor: BigInt(textOf(item, 'debitMinor')),
    creditMinor: BigInt(textOf(item, 'creditMinor')),
  };
}

async function sumSlice(table: ViewTable, key: SliceKey): Promise<TurnoverSlice> {
  const items = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :partition AND begins_with(sk, :minute)',
    ProjectionExpression: 'amountMinor',
    ExpressionAttributeValues: {
      ':partition': { S: postingsKey(key.account, key.currency, key.minute.slice(0, DAY_LENGTH)) },
      ':minute': { S: key.minute },
    },
  });
  const amounts = items.map((item) => BigInt(textOf(item, 'amountMinor')));
  const total = (list: readonly bigint[]): bigint => list.reduce((sum, amount) => sum + amount, 0n);
  return {
    ...key,
    postings: amounts.length,
    debitMinor: total(amounts.filter((amount) => amount > 0n)),
    creditMinor: -total(amounts.filter((amount) => amount < 0n)),
  };
}

const DAYS = 'ledger-days';

/** Notes that a day has slices, before its first one is written; once for each process and day. */
function dayKeeper(table: ViewTable): (day: string) => Promise<void> {
  const kept = new Set<string>();
  return async (day) => {
    if (kept.has(day)) return;
    await writeAll(table, [{ PutRequest: { Item: { pk: { S: DAYS }, sk: { S: day } } } }]);
    kept.add(day);
  };
}

/** Postings by account and day, and the trial balance in slices of a minute. */
export const ledgerViews = (table: ViewTable): LedgerViews => {
  const keepDay = dayKeeper(table);
  return {
    putPostings: (postings) =>
      writeAll(
        table,
        postings
          .flatMap((posting) => [toPostingItem(posting), ...lateItems(posting)])
          .map((item) => ({ PutRequest: { Item: item } })),
      ),
    listLatePostings: async (month) => {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :month',
        ExpressionAttributeValues: { ':month': { S: `late-postings#${month}` } },
      });
      return items.map((item) => fromExactJson<Posting>(textOf(item, 'json')));
    },
    listPostings: async ({ account, currency, day, after = ' ', limit }) => {
      const partition = { S: postingsKey(account, currency, day) };
      const input = {
        KeyConditionExpression: 'pk = :partition AND sk > :after',
        ExpressionAttributeValues: { ':partition': partition, ':after': { S: after } },
      };
      const items = await queryAll(table, input, limit);
      return items.map(fromPostingItem);
    },
    sumSlice: (key) => sumSlice(table, key),
    putSlice: async (slice) => {
      await keepDay(slice.minute.slice(0, DAY_LENGTH));
      await putUnlessNewer(table, sliceItem(slice), 'postings');
    },
    listLedgerDays: async (until) => {
      const items = await queryAll(table, {
        KeyConditionExpression: 'pk = :partition AND sk <= :until',
        ExpressionAttributeValues: { ':partition': { S: DAYS }, ':until': { S: until } },
      });
      return items.map((item) => textOf(item, 'sk'));
    },
    listSlices: async (day, of) => {
      const items = await queryAll(table, {
        KeyConditionExpression: `pk = :partition${of === undefined ? '' : ' AND begins_with(sk, :of)'}`,
        ExpressionAttributeValues: {
          ':partition': { S: `trial-balance#${day}` },
          ...(of === undefined ? {} : { ':of': { S: `${of.account}#${of.currency}#` } }),
        },
      });
      return items.map(fromSliceItem);
    },
  };
};
