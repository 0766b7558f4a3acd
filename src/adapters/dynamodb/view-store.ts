import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ViewStore } from '../../process/views.ts';
import { batchViews } from './view-batches.ts';
import { breakViews } from './view-breaks.ts';
import { caseViews } from './view-cases.ts';
import { deadlineViews } from './view-deadlines.ts';
import { debtViews } from './view-debts.ts';
import { laneViews } from './view-lanes.ts';
import { ledgerViews } from './view-ledger.ts';
import { settlementViews } from './view-settlements.ts';
import { tradeViews } from './view-trades.ts';

export type ViewTable = { readonly client: DynamoDBClient; readonly tableName: string };

/** The read models, all in the views table. */
export const dynamoViewStore = (table: ViewTable): ViewStore => ({
  ...tradeViews(table),
  ...ledgerViews(table),
  ...deadlineViews(table),
  ...batchViews(table),
  ...breakViews(table),
  ...settlementViews(table),
  ...caseViews(table),
  ...debtViews(table),
  ...laneViews(table),
});
