import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoPartySeals } from '../../src/adapters/dynamodb/party-seals.ts';
import {
  dynamoBankAccountVault,
  dynamoEvidenceVault,
  dynamoPartyVault,
} from '../../src/adapters/dynamodb/party-vault.ts';
import { dynamoStatementVault } from '../../src/adapters/dynamodb/statement-vault.ts';
import { VaultSecret } from '../../src/adapters/secrets/schemas.ts';
import type { EvidenceVault } from '../../src/escrow/ports.ts';
import type { BankAccountVault, PartySeals, PartyVault } from '../../src/parties/ports.ts';
import type { StatementVault } from '../../src/reconciliation/ports.ts';
import { secret } from './secrets.ts';

type VaultSettings = { readonly tableName: string; readonly secretArn: string };

const vaultOptions = (client: DynamoDBClient, { tableName, secretArn }: VaultSettings) => {
  const readSecret = secret(secretArn, VaultSecret);
  return { client, tableName, masterSecret: async () => (await readSecret()).masterKey };
};

/** The vault under the master key of the deployment. */
export const partyVault = (client: DynamoDBClient, settings: VaultSettings): PartyVault =>
  dynamoPartyVault(vaultOptions(client, settings));

/** Seals for files that name parties, under the keys of the same vault. */
export const partySeals = (client: DynamoDBClient, settings: VaultSettings): PartySeals =>
  dynamoPartySeals(vaultOptions(client, settings));

/** The same vault, for sellers' bank accounts. */
export const bankAccountVault = (
  client: DynamoDBClient,
  settings: VaultSettings,
): BankAccountVault => dynamoBankAccountVault(vaultOptions(client, settings));

/** The same vault, for people's words to a buyer's bank. */
export const evidenceVault = (client: DynamoDBClient, settings: VaultSettings): EvidenceVault =>
  dynamoEvidenceVault(vaultOptions(client, settings));

/** The same vault, for the lines of statements. */
export const statementVault = (client: DynamoDBClient, settings: VaultSettings): StatementVault =>
  dynamoStatementVault(vaultOptions(client, settings));
