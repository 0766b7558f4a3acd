import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoPartyVault } from '../../src/adapters/dynamodb/party-vault.ts';
import { VaultSecret } from '../../src/adapters/secrets/schemas.ts';
import type { PartyVault } from '../../src/parties/ports.ts';
import { secret } from './secrets.ts';

/** The vault under the master key of the deployment. */
export function partyVault(
  client: DynamoDBClient,
  options: { readonly tableName: string; readonly secretArn: string },
): PartyVault {
  const readSecret = secret(options.secretArn, VaultSecret);
  return dynamoPartyVault({
    client,
    tableName: options.tableName,
    masterSecret: async () => (await readSecret()).masterKey,
  });
}
