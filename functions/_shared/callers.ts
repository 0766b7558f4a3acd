import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { cognitoPeople } from '../../src/adapters/cognito/people.ts';
import { dynamoApiKeys } from '../../src/adapters/dynamodb/api-keys.ts';
import type { Callers } from './authenticate.ts';
import { optionalText, text } from './environment.ts';

/** What a function needs to know its callers; a deployment without people leaves the last three out. */
export const callerVariables = {
  ACCESS_TABLE: text,
  SIGN_IN_POOL_ID: optionalText,
  SIGN_IN_CLIENT_ID: optionalText,
  SIGN_IN_MARKETPLACE: optionalText,
};

type CallerEnvironment = {
  readonly ACCESS_TABLE: string;
  readonly SIGN_IN_POOL_ID?: string | undefined;
  readonly SIGN_IN_CLIENT_ID?: string | undefined;
  readonly SIGN_IN_MARKETPLACE?: string | undefined;
};

/** Finance's callers: API keys, and people where the deployment has a pool. */
export function callersOf(client: DynamoDBClient, environment: CallerEnvironment): Callers {
  const apiKeys = dynamoApiKeys({ client, tableName: environment.ACCESS_TABLE });
  const {
    SIGN_IN_POOL_ID: userPoolId,
    SIGN_IN_CLIENT_ID: clientId,
    SIGN_IN_MARKETPLACE: marketplaceId,
  } = environment;
  if (userPoolId === undefined || clientId === undefined || marketplaceId === undefined) {
    return { apiKeys };
  }
  return { apiKeys, people: cognitoPeople({ userPoolId, clientId, marketplaceId }) };
}
