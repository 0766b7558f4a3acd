import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type {
  BatchEvent,
  BreakEvent,
  EscrowEvent,
  LinkEvent,
  PayoutEvent,
  PeriodEvent,
  SellerEvent,
  ShipmentEvent,
  TreasuryEvent,
} from '../../events/index.ts';
import { dynamoRecordStore } from '../../src/adapters/dynamodb/record-store.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';

/** The event streams, each typed by its aggregate. */
export const eventStores = (client: DynamoDBClient, tableName: string) => ({
  escrows: journaledStore<EscrowEvent>(dynamoRecordStore({ client, tableName })),
  shipments: journaledStore<ShipmentEvent>(dynamoRecordStore({ client, tableName })),
  movements: journaledStore<TreasuryEvent>(dynamoRecordStore({ client, tableName })),
  payouts: journaledStore<PayoutEvent>(dynamoRecordStore({ client, tableName })),
  sellers: journaledStore<SellerEvent>(dynamoRecordStore({ client, tableName })),
  breaks: journaledStore<BreakEvent>(dynamoRecordStore({ client, tableName })),
  periods: journaledStore<PeriodEvent>(dynamoRecordStore({ client, tableName })),
  links: journaledStore<LinkEvent>(dynamoRecordStore({ client, tableName })),
  batches: journaledStore<BatchEvent>(dynamoRecordStore({ client, tableName })),
});
