import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoRatesStore } from '../../src/adapters/dynamodb/rates-store.ts';
import type { QuoteDesk } from '../../src/escrow/ports.ts';
import { quoteDesk } from '../../src/process/quote-desk.ts';

/** A quote holds as long as its trade can be paid. */
export const quotes = (
  client: DynamoDBClient,
  options: {
    readonly tableName: string;
    readonly marginBasisPoints: number;
    readonly lockSeconds: number;
  },
): QuoteDesk =>
  quoteDesk({
    rates: dynamoRatesStore({ client, tableName: options.tableName }),
    marginBasisPoints: options.marginBasisPoints,
    lockPremiumBasisPoints: 0,
    lockSeconds: options.lockSeconds,
  });
