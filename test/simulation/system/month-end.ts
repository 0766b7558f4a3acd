import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money } from '../../../src/money/money.ts';
import {
  type ClosePeriodPorts,
  closePeriod,
  type PeriodVerb,
} from '../../../src/process/close-period.ts';
import type { BreakSummary } from '../../../src/process/views.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import type { Task } from '../engine/tasks.ts';
import { dayOf } from '../ports/bank-account.ts';
import { insist, runOnce, wait } from './bank.ts';
import { step } from './finance-desk.ts';
import { nowOf, type Plant, storesOf } from './plant.ts';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
const MONTH_LENGTH = 'YYYY-MM'.length;
const MOST_TRIES = 8;
const MOST_BREAKS = 1_000;
/** On the third day of a month finance closes the one before. */
const CLOSES_AFTER_MS = (2 * 24 + 10) * HOUR_SECONDS * 1_000;
/** So much of its own, in each currency, that what clients are owed is covered whatever is on its way. */
const OWN_FUNDS_MINOR = 100_000_000_000n;
const CURRENCIES: readonly CurrencyCode[] = ['USD', 'EUR', 'GBP', 'JPY', 'KRW', 'KWD'];
const REASON = 'As every month.';

/** What whoever closes months must know first: that nothing waits to be booked or shown. */
export type IsQuiet = () => boolean;

/** The platform's own money comes to the bank, before anybody buys. */
export function bringOwnFunds(plant: Plant): void {
  for (const currency of CURRENCIES) {
    void insist(plant, 'ledger-api', (task) =>
      recordMovement(
        { store: storesOf(plant, task).movements, now: nowOf(plant, task) },
        {
          ...{ type: 'OwnFundsMoved', version: 1, movementId: `own-${currency}` },
          ...{ direction: 'top_up', amount: money(currency, OWN_FUNDS_MINOR) },
          occurredAt: new Date(plant.sim.startMs).toISOString(),
        },
        { marketplaceId: 'platform', cause: `own-${currency}` },
      ),
    );
  }
}

/** Has each month closed some days after its end, as long as anything happened in it. */
export function scheduleMonthEnds(plant: Plant, isQuiet: IsQuiet): void {
  const { scheduler, startMs } = plant.sim;
  const close = (month: string): void => {
    scheduler.at(Date.parse(`${nextMonth(month)}-01T00:00:00Z`) + CLOSES_AFTER_MS, () => {
      if (!isBusy(plant, month)) return;
      void closeMonth(plant, month, isQuiet);
      close(nextMonth(month));
    });
  };
  close(monthOf(startMs));
}

/** Closes every month that is over and was not closed; the books are all but at rest by then. */
export async function closeMonths(plant: Plant, isQuiet: IsQuiet): Promise<void> {
  const { scheduler, startMs } = plant.sim;
  // Closing one takes days, in which another may end.
  const isOver = (month: string): boolean => month < monthOf(scheduler.nowMs() - CLOSES_AFTER_MS);
  for (let month = monthOf(startMs); isOver(month); month = nextMonth(month)) {
    await closeMonth(plant, month, isQuiet);
  }
}

/** Trades, not what is done about them, keep a world going. */
const isBusy = ({ events }: Plant, month: string): boolean =>
  events.records.some(
    ({ streamId, recordedAt }) =>
      recordedAt.startsWith(month) && /^(?:escrow|shipment|payout)#/.test(streamId),
  );

const monthOf = (ms: number): string => dayOf(ms).slice(0, MONTH_LENGTH);

/** The month after one, as any day past its longest end has it. */
const nextMonth = (month: string): string =>
  monthOf(Date.parse(`${month}-01T00:00:00Z`) + 31 * DAY_SECONDS * 1_000);

/** Explains what is open, and locks the month where nothing is red; else it stays soft-closed. */
async function closeMonth(plant: Plant, month: string, isQuiet: IsQuiet): Promise<void> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    if (isQuiet()) {
      await explainBreaks(plant);
      await wait(plant, HOUR_SECONDS);
      const to = { period: month, requestId: `${month}#${plant.sim.scheduler.nowMs()}` };
      await ask(plant, 'soft_close', to);
      if (await ask(plant, 'lock', to)) return;
    }
    await wait(plant, DAY_SECONDS / 2);
  }
}

/** Whether the period is locked after that. What failed, for reading all of the books, is left for later. */
async function ask(
  plant: Plant,
  verb: PeriodVerb,
  { period, requestId }: { readonly period: string; readonly requestId: string },
): Promise<boolean> {
  let status: string = 'open';
  const act = async (task: Task): Promise<void> => {
    const request = { period, by: 'finance_1', reason: REASON, requestId: `${requestId}#${verb}` };
    status = (await closePeriod(portsOf(plant, task), verb, request)).state.status;
  };
  await runOnce(plant, 'finance-api', act).catch(() => undefined);
  return status === 'locked';
}

async function explainBreaks(plant: Plant): Promise<void> {
  let open: readonly BreakSummary[] = [];
  await insist(plant, 'finance-api', async (task) => {
    open = await plant.views.storeFor(task).listBreaks({ status: 'open', limit: MOST_BREAKS });
  });
  for (const { breakId, explanation } of open) {
    if (explanation === undefined) {
      await step(plant, breakId, { kind: 'explain', reason: 'It is known why.' }, 'finance_1');
    }
  }
}

function portsOf(plant: Plant, task: Task): ClosePeriodPorts {
  const { bookkeeping, lanes, rates, views } = plant;
  if (bookkeeping === null) throw new Error('Nobody closes months in this world.');
  return {
    periods: storesOf(plant, task).periods,
    views: views.storeFor(task),
    statements: bookkeeping.statements.storeFor(task),
    // What lies dead keeps it from asking at all.
    backlog: async () => ({ readModels: [], deadLetters: [] }),
    lanes: lanes.storeFor(task),
    rates: rates(task),
    indicativeRates: { get: async () => undefined },
    baseCurrency: 'EUR',
    now: nowOf(plant, task),
  };
}
