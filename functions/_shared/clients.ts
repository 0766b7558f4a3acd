import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Waits are short and tries few: the queue tries again, and a function must not sit and hope. */
export const dynamoDb = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 3 });

export const now = (): Date => new Date();
