import type { ScheduledEvent } from 'aws-lambda';
import { sha256Hex } from '../../src/platform/ids.ts';
import { refreshAllRates } from '../../src/process/refresh-all-rates.ts';
import { now } from '../_shared/clients.ts';
import { count, logger, measureCount } from '../_shared/observe.ts';
import { functionStack } from '../_shared/stack.ts';
import { discontinued, sources } from './sources.ts';

/** What is reported where no day of rates was ever stored: as many as stop every quote. */
const NO_RATES_MISSED_DAYS = 3;

/** Stores what the publishers of rates have that is new, and reports how far behind they are. */
export const handler = functionStack<ScheduledEvent, void>(async () => {
  const refreshed = await refreshAllRates({ ...sources, discontinued, hash: sha256Hex, now });
  const level = refreshed.staleness?.level === 'current' ? 'info' : 'warn';
  logger[level]('Reference rates', { ...refreshed });
  count('RatesRefreshed', { name: 'outcome', value: refreshed.ecb.kind });
  measureCount('MissedRateDays', refreshed.staleness?.missedDays ?? NO_RATES_MISSED_DAYS);
});
