import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { sha256Hex } from '../../platform/ids.ts';
import type { Lane } from '../../reconciliation/lane.ts';
import type { Plan } from '../../reconciliation/plan.ts';
import type { LaneStore } from '../../reconciliation/ports.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';
import type { Item } from './record-item.ts';
import { queryAll, textOf, writeAll } from './view-items.ts';
import type { ViewTable } from './view-store.ts';

/** An item may have 400 KB: the payments of a large batch hang together, and are decided together. */
const PIECE_BYTES = 350_000;
const HEXADECIMAL = 16;

const headKey = (lane: Lane) => ({ pk: { S: `lane#${lane}` }, sk: { S: 'plan' } });
const pieceKey = (lane: Lane, digest: string, index: number) => ({
  pk: { S: `plan#${lane}` },
  sk: { S: `${digest}#${String(index).padStart(6, '0')}` },
});

/**
 * A lane's plan in pieces, under its own hash, and a head that names it. The plan is there from when the
 * head is written, which is last, until the head is gone, which is first; pieces without a head are none.
 */
export const planStore = (table: ViewTable): Pick<LaneStore, 'getPlan' | 'savePlan'> => ({
  getPlan: async (lane) => {
    const { Item: head } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: headKey(lane), ConsistentRead: true }),
    );
    if (head === undefined) return undefined;
    const pieces = await piecesOf(table, lane, textOf(head, 'digest'));
    return fromExactJson<Plan>(pieces.map((piece) => textOf(piece, 'json')).join(''));
  },
  savePlan: async (lane, plan) => {
    if (plan === undefined) return forget(table, lane);
    const json = asciiOf(toExactJson(plan));
    const digest = sha256Hex(json);
    await writeAll(
      table,
      split(json).map((piece, index) => ({
        PutRequest: { Item: { ...pieceKey(lane, digest, index), json: { S: piece } } },
      })),
    );
    const head = { ...headKey(lane), digest: { S: digest } };
    await writeAll(table, [{ PutRequest: { Item: head } }]);
  },
});

/** The same JSON in characters of one byte, which may be parted anywhere. */
const asciiOf = (json: string): string =>
  json.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(HEXADECIMAL).padStart(4, '0')}`,
  );

const split = (json: string): readonly string[] =>
  Array.from({ length: Math.ceil(json.length / PIECE_BYTES) }, (_, index) =>
    json.slice(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  );

/** The pieces of one plan, in order. */
const piecesOf = (table: ViewTable, lane: Lane, digest: string): Promise<readonly Item[]> =>
  queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :plan AND begins_with(sk, :digest)',
    ExpressionAttributeValues: {
      ':plan': { S: `plan#${lane}` },
      ':digest': { S: `${digest}#` },
    },
  });

async function forget(table: ViewTable, lane: Lane): Promise<void> {
  await writeAll(table, [{ DeleteRequest: { Key: headKey(lane) } }]);
  const left = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :plan',
    ProjectionExpression: 'pk, sk',
    ExpressionAttributeValues: { ':plan': { S: `plan#${lane}` } },
  });
  await writeAll(
    table,
    left.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } as Item } })),
  );
}
