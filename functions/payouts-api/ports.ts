import * as z from 'zod/mini';
import { Debtor } from '../../src/adapters/bank/debtor.ts';
import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { WriteOffLimits } from '../../src/money/write-off-limits.ts';
import { corridorsText } from '../../src/settlement/corridors.ts';
import { callersOf, callerVariables } from '../_shared/callers.ts';
import { dynamoDb } from '../_shared/clients.ts';
import { json, readEnvironment, text } from '../_shared/environment.ts';
import { eventStores } from '../_shared/stores.ts';
import { bankAccountVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  VAULT_TABLE: text,
  RECONCILIATION_TABLE: text,
  ...callerVariables,
  VAULT_SECRET_ARN: text,
  WRITE_OFF_LIMITS: json(WriteOffLimits),
  PAYOUT_CORRIDORS: corridorsText,
  PAYOUT_DEBTOR: z.optional(
    z.pipe(
      z.pipe(
        z.string(),
        z.transform((value): unknown => JSON.parse(value)),
      ),
      Debtor,
    ),
  ),
});

const client = dynamoDb();

export const stores = eventStores(client, environment.EVENTS_TABLE);
export const views = dynamoViewStore({ client, tableName: environment.VIEWS_TABLE });
export const lanes = dynamoLaneStore({ client, tableName: environment.RECONCILIATION_TABLE });
export const callers = callersOf(client, environment);
export const bankAccounts = bankAccountVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});

export const corridors = environment.PAYOUT_CORRIDORS;

/** Who pays by bank file; undefined where the deployment does not. */
export const debtor = environment.PAYOUT_DEBTOR;

/** How much of a debt one person may give up. */
export const writeOffLimits = environment.WRITE_OFF_LIMITS;
