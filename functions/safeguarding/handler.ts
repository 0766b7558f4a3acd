import type { ScheduledEvent } from 'aws-lambda';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { safeguardingOf } from '../../src/ledger/safeguarding.ts';
import { trialBalance } from '../../src/process/trial-balance.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { logger, measureCount } from '../_shared/observe.ts';
import { functionStack } from '../_shared/stack.ts';

const { VIEWS_TABLE } = readEnvironment({ VIEWS_TABLE: text });
const views = dynamoViewStore({ client: dynamoDb(), tableName: VIEWS_TABLE });

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Tests, for every currency, that clients' money is there; a currency in which it is not alarms. */
export const handler = functionStack<ScheduledEvent, void>(async () => {
  const asOf = now().toISOString().slice(0, DAY_LENGTH);
  const currencies = safeguardingOf(await trialBalance(views, asOf));
  for (const { currency, ...sums } of currencies) {
    const figures = Object.entries(sums).map(([name, minor]) => [name, minor.toString()]);
    logger.info('Safeguarding', { asOf, currency, ...Object.fromEntries(figures) });
  }
  const short = currencies.filter(({ shortfallMinor }) => shortfallMinor > 0n);
  measureCount('SafeguardingShortfall', short.length);
});
