import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { eventsOf } from './support/history.ts';
import { breaksOf } from './support/reconciling.ts';

const MONTH_LENGTH = 'YYYY-MM'.length;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * What a locked month was locked with is what the books say of it for good: the turnover of every
 * account up to its end. None is locked before its end, nor over a break that nobody has explained; and
 * at rest somebody has begun to close every month that is over.
 */
export const lockedMonthsStand = invariant({
  name: '13-locked-months-stand',
  number: 13,
  when: 'rest',
  find: (world, report) => {
    if (world.reconciliation === null) return;
    for (const record of world.records) {
      for (const { period, accounts } of eventsOf([record], 'PeriodLocked')) {
        const endMs = endOf(period);
        if (Date.parse(record.recordedAt) < endMs + HOUR_MS) report(null, `${period} is not over`);
        const locked = accounts.map(({ account, debit, credit }) =>
          turnover(`${account} ${debit.currency}`, debit.amountMinor, credit.amountMinor),
        );
        compare(period, locked, turnovers(world, endMs), report);
        checkBreaks(world, { period, record }, report);
      }
    }
    const begun = new Set(eventsOf(world.records, 'PeriodSoftClosed').map(({ period }) => period));
    for (const month of monthsOver(world)) {
      if (!begun.has(month)) report(null, `nobody has begun to close ${month}`);
    }
  },
});

const endOf = (period: string): number => {
  const [year, month] = period.split('-').map(Number);
  return Date.UTC(year ?? 0, month ?? 0, 1);
};

const turnover = (key: string, debit: bigint, credit: bigint): string =>
  `${key} ${debit} ${credit}`;

/** The turnover of every account until then, in words. */
function turnovers({ records }: World, endMs: number): readonly string[] {
  const sums = new Map<string, { debit: bigint; credit: bigint }>();
  for (const { recordedAt, journal } of records) {
    if (Date.parse(recordedAt) >= endMs) continue;
    for (const { account, currency, amountMinor } of journal.flatMap(({ legs }) => legs)) {
      const key = `${account} ${currency}`;
      const sum = sums.get(key) ?? { debit: 0n, credit: 0n };
      if (amountMinor > 0n) sum.debit += amountMinor;
      else sum.credit -= amountMinor;
      sums.set(key, sum);
    }
  }
  return [...sums].map(([key, { debit, credit }]) => turnover(key, debit, credit));
}

function compare(
  period: string,
  locked: readonly string[],
  now: readonly string[],
  report: Report,
): void {
  const missing = now.find((one) => !locked.includes(one));
  const tooMany = locked.find((one) => !now.includes(one));
  if (missing !== undefined || tooMany !== undefined) {
    report(null, `${period} was locked with ${tooMany ?? 'nothing'}, and is ${missing}`);
  }
}

/** What was raised a day before the lock was there for everyone to see. */
function checkBreaks(
  world: World,
  { period, record }: { readonly period: string; readonly record: TradelaneRecord },
  report: Report,
): void {
  const seenUntil = new Date(Date.parse(record.recordedAt) - DAY_MS).toISOString();
  for (const { raised } of breaksOf(world).values()) {
    if (raised.since.slice(0, MONTH_LENGTH) > period || raised.raisedAt > seenUntil) continue;
    const known = (world.streams.get(`break#${raised.breakId}`) ?? []).filter(
      ({ recordedAt }) => recordedAt < record.recordedAt,
    );
    if (known.length === 1) report(null, `${period} was locked over ${raised.breakId}`);
  }
}

/** The months that ended some days ago. */
function monthsOver({ startMs, nowMs }: World): readonly string[] {
  const months: string[] = [];
  for (let ms = startMs; endOf(monthOf(ms)) + 3 * DAY_MS < nowMs(); ms = endOf(monthOf(ms))) {
    months.push(monthOf(ms));
  }
  return months;
}

const monthOf = (ms: number): string => new Date(ms).toISOString().slice(0, MONTH_LENGTH);
