import type { ScheduledEvent } from 'aws-lambda';
import { dynamoStatementStore } from '../../src/adapters/dynamodb/statement-store.ts';
import { dynamoViewStore } from '../../src/adapters/dynamodb/view-store.ts';
import { checkSafeguarding } from '../../src/process/check-safeguarding.ts';
import { checkStatements } from '../../src/process/check-statements.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text } from '../_shared/environment.ts';
import { logger, measureCount } from '../_shared/observe.ts';
import { functionStack } from '../_shared/stack.ts';
import { eventStores } from '../_shared/stores.ts';

const { EVENTS_TABLE, VIEWS_TABLE, RECONCILIATION_TABLE } = readEnvironment({
  EVENTS_TABLE: text,
  VIEWS_TABLE: text,
  RECONCILIATION_TABLE: text,
});
const client = dynamoDb();
const views = dynamoViewStore({ client, tableName: VIEWS_TABLE });
const statements = dynamoStatementStore({ client, tableName: RECONCILIATION_TABLE });
const { breaks } = eventStores(client, EVENTS_TABLE);

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * Tests, for every currency, that clients' money is there, and that statements follow one another; where
 * they do not is a break, and where money is short an alarm.
 */
export const handler = functionStack<ScheduledEvent, void>(async () => {
  const asOf = now().toISOString().slice(0, DAY_LENGTH);
  const currencies = await checkSafeguarding({ views, breaks, now });
  for (const { currency, ...sums } of currencies) {
    const figures = Object.entries(sums).map(([name, minor]) => [name, minor.toString()]);
    logger.info('Safeguarding', { asOf, currency, ...Object.fromEntries(figures) });
  }
  const short = currencies.filter(({ shortfallMinor }) => shortfallMinor > 0n);
  measureCount('SafeguardingShortfall', short.length);
  logger.info('Statements', {
    asOf,
    breaks: await checkStatements({ statements, views, breaks, now }),
  });
});
