import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';

/** The stored rates: the central bank's, and those of the second source. */
export const ratesOf = (client: DynamoDBClient, tableName: string) => ({
  rates: dynamoRatesStore({ client, tableName }),
  indicativeRates: dynamoRatesStore({ client, tableName, source: 'INDICATIVE' }),
});
