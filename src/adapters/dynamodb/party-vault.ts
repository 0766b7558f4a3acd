import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { ContestChargeback } from '../../../events/marketplace/contest-chargeback.v1.ts';
import { PartyProfile } from '../../../events/marketplace/party.v1.ts';
import type { EvidenceVault } from '../../escrow/ports.ts';
import { partyMissing, partyUnreadable } from '../../parties/errors.ts';
import type { BankAccountVault, PartyVault } from '../../parties/ports.ts';
import { sealedVault } from './sealed-vault.ts';

export type VaultOptions = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** The secret that wraps data keys: any text of 43 characters or more. */
  readonly masterSecret: () => Promise<string>;
};

const errors = { missing: partyMissing, unreadable: partyUnreadable };

/** Parties' profiles in the vault. */
export const dynamoPartyVault = (options: VaultOptions): PartyVault =>
  sealedVault({ ...options, ...errors, schema: PartyProfile });

/** Sellers' bank accounts in the same vault, under references of their own. */
export const dynamoBankAccountVault = (options: VaultOptions): BankAccountVault =>
  sealedVault({ ...options, ...errors, schema: BankAccount });

/** A person's words to a buyer's bank in the same vault, under the id of the answer. */
export const dynamoEvidenceVault = (options: VaultOptions): EvidenceVault =>
  sealedVault({ ...options, ...errors, schema: ContestChargeback });
