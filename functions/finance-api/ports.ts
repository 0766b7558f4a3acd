import { dynamoLaneStore } from '../../src/adapters/dynamodb/lane-store.ts';
import { dynamoStatementStore } from '../../src/adapters/dynamodb/statement-store.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { queueDepths } from '../../src/adapters/sqs/queue-depths.ts';
import { BankChargeLimits } from '../../src/money/bank-charges.ts';
import { currencySchema } from '../../src/money/schema.ts';
import { WriteOffLimits } from '../../src/money/write-off-limits.ts';
import { callersOf, callerVariables } from '../_shared/callers.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { json, list, readEnvironment, text, wholeNumber } from '../_shared/environment.ts';
import { filesIn } from '../_shared/files.ts';
import { sqs } from '../_shared/queue-client.ts';
import { ratesOf } from '../_shared/rates.ts';
import { eventStores } from '../_shared/stores.ts';
import { statementVault } from '../_shared/vault.ts';

const environment = readEnvironment({
  STATEMENTS_BUCKET: text,
  RECONCILIATION_TABLE: text,
  VAULT_TABLE: text,
  VAULT_SECRET_ARN: text,
  ...callerVariables,
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  WRITE_OFF_LIMITS: json(WriteOffLimits),
  BANK_CHARGE_LIMITS: json(BankChargeLimits),
  RATES_TABLE: text,
  BASE_CURRENCY: currencySchema,
  FX_MARGIN_BASIS_POINTS: wholeNumber,
  READ_MODEL_QUEUE_URLS: list,
  DEAD_LETTER_QUEUE_URLS: list,
});
const client = dynamoDb();
const queues = sqs();
const table = { client, tableName: environment.RECONCILIATION_TABLE };

export const files = filesIn(environment.STATEMENTS_BUCKET);
export const statements = dynamoStatementStore(table);
export const lines = statementVault(client, {
  tableName: environment.VAULT_TABLE,
  secretArn: environment.VAULT_SECRET_ARN,
});
export const lanes = dynamoLaneStore(table);
export const views = dynamoViewStore({ client, tableName: environment.VIEWS_TABLE });
const { batches, breaks, escrows, movements, payouts, periods } = eventStores(
  client,
  environment.EVENTS_TABLE,
);

/** What taking a step on a break needs. */
export const breakPorts = {
  ...{ breaks, lanes, now },
  writeOffLimits: environment.WRITE_OFF_LIMITS,
};
/** What banks may keep of a payment that comes back. */
export const bankChargeLimits = environment.BANK_CHARGE_LIMITS;
/** What closing a period needs. */
export const periodPorts = {
  backlog: async () => {
    const [readModels, deadLetters] = await Promise.all([
      queueDepths(queues, environment.READ_MODEL_QUEUE_URLS),
      queueDepths(queues, environment.DEAD_LETTER_QUEUE_URLS),
    ]);
    return { readModels, deadLetters };
  },
  ...{ periods, views, statements, lanes, now, baseCurrency: environment.BASE_CURRENCY },
  ...ratesOf(client, environment.RATES_TABLE),
};
/** What the batches of a month need. */
export const batchPorts = { views, batches, payouts };
/** What showing the rates needs. */
export const ratesPorts = {
  ...ratesOf(client, environment.RATES_TABLE),
  ...{ now, marginBasisPoints: environment.FX_MARGIN_BASIS_POINTS },
};
/** What walking from an order to a bank line needs. */
export const chainPorts = { escrows, payouts, movements, breaks, lanes };
export const callers = callersOf(client, environment);
