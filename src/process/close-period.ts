import type { PeriodEvent } from '../../events/index.ts';
import type { Revaluation } from '../../events/period/common.ts';
import { crossRate } from '../fx/cross-rate.ts';
import type { RatesStore } from '../fx/ports.ts';
import type { AccountBalance } from '../ledger/balances.ts';
import { type Check, check, ledgerChecks, type OpenItem, redChecks } from '../ledger/gate.ts';
import { addMonths, endOf, firstDayOf, lastDayOf } from '../ledger/months.ts';
import {
  decidePeriod,
  type PeriodCommand,
  type PeriodState,
  periodEvolution,
  type Snapshot,
} from '../ledger/period.ts';
import { type ClosingRates, revalue } from '../ledger/revaluation.ts';
import type { CurrencyCode } from '../money/currency.ts';
import { money } from '../money/money.ts';
import type { EventStore } from '../platform/event-store.ts';
import { execute, fold, type Outcome } from '../platform/execute.ts';
import { canonicalJson, periodStream, sha256Hex } from '../platform/ids.ts';
import { addDays } from '../platform/target-calendar.ts';
import { openItemsOf } from './open-items.ts';
import { type PeriodCheckPorts, reconciliationChecks } from './period-checks.ts';
import { PLATFORM } from './platform-owner.ts';
import { trialBalance } from './trial-balance.ts';
import type { ViewStore } from './views.ts';

export type ClosePeriodPorts = PeriodCheckPorts & {
  readonly periods: EventStore<PeriodEvent>;
  readonly views: Pick<ViewStore, 'listLedgerDays' | 'listSlices' | 'listPostings'>;
  readonly rates: Pick<RatesStore, 'get'>;
  readonly indicativeRates: Pick<RatesStore, 'get'>;
  readonly baseCurrency: CurrencyCode;
  readonly now: () => Date;
};

/** The books as they stood at the end of a period, and whether it can be locked. */
export type PeriodFacts = {
  readonly period: string;
  readonly asOf: string;
  readonly balances: readonly AccountBalance[];
  readonly openItems: readonly OpenItem[];
  readonly revaluation: Revaluation | undefined;
  readonly checks: readonly Check[];
};

/** Nothing that began in a period is still under way so long after its end. */
const GRACE_MS = 3_600_000;
/** The longest that TARGET is closed, and two days more. */
const MOST_DAYS_WITHOUT_RATES = 7;

export const readPeriod = async (
  { periods }: Pick<ClosePeriodPorts, 'periods'>,
  period: string,
): Promise<PeriodState> => fold(periodEvolution, await periods.load(periodStream(period)));

/** Everything that the gate looks at, and what it says. */
export async function periodFacts(ports: ClosePeriodPorts, period: string): Promise<PeriodFacts> {
  const asOf = lastDayOf(period);
  const [balances, rates, previous, reconciled] = await Promise.all([
    trialBalance(ports.views, asOf),
    closingRates(ports, asOf),
    previousLocked(ports, period),
    reconciliationChecks(ports, { from: firstDayOf(period), asOf }),
  ]);
  const openItems = await openItemsOf(ports.views, { balances, asOf });
  const revaluation = revalue(balances, { base: ports.baseCurrency, rates });
  const ended = hasEnded(ports, period)
    ? check('period_ended', 'green', 'The period is over.')
    : check(
        'period_ended',
        'red',
        `The period ends with ${asOf}, and an hour later for the books.`,
      );
  const ofLedger = ledgerChecks(balances, { openItems, revaluation });
  const checks = [ended, previous, ...ofLedger, ...reconciled];
  return { period, asOf, balances, openItems, revaluation, checks };
}

const hasEnded = ({ now }: ClosePeriodPorts, period: string): boolean =>
  now().getTime() >= endOf(period).getTime() + GRACE_MS;

/** Periods are locked in their order; before the first posting there is nothing to lock. */
async function previousLocked(ports: ClosePeriodPorts, period: string): Promise<Check> {
  const previous = addMonths(period, -1);
  const days = await ports.views.listLedgerDays(lastDayOf(previous));
  if (days.length === 0) return check('previous_locked', 'green', 'This is the first period.');
  const { status } = await readPeriod(ports, previous);
  return status === 'locked'
    ? check('previous_locked', 'green', `${previous} is locked.`)
    : check('previous_locked', 'red', `${previous} is ${status.replace('_', '-')}.`);
}

/** The last rates published by the end of the period; none where there are none for so long. */
async function closingRates(ports: ClosePeriodPorts, asOf: string): Promise<ClosingRates> {
  const { rates, indicativeRates, baseCurrency: buy } = ports;
  for (let days = 0; days < MOST_DAYS_WITHOUT_RATES; days += 1) {
    const rateDate = addDays(asOf, -days);
    const day = await rates.get(rateDate);
    if (day === undefined) continue;
    const book = { day, indicative: await indicativeRates.get(rateDate) };
    const toBase = (sell: CurrencyCode) => {
      const cross = crossRate(book, { sell, buy });
      return 'code' in cross ? undefined : cross.mid;
    };
    return { rateDate, toBase };
  }
  return { rateDate: null, toBase: (sell) => (sell === buy ? { num: 1n, den: 1n } : undefined) };
}

/** What a lock keeps: the same books give the same hash, whoever makes it again. */
export function snapshotOf({ period, balances, revaluation, checks }: PeriodFacts): Snapshot {
  const accounts = balances.map(({ account, currency, debitMinor, creditMinor }) => ({
    ...{ account, debit: money(currency, debitMinor), credit: money(currency, creditMinor) },
  }));
  const none: Revaluation = { rateDate: null, positions: [], unrealized: money('EUR', 0n) };
  const content = { accounts, revaluation: revaluation ?? none };
  return {
    ...content,
    itemized: checks.filter(({ status }) => status === 'itemized').map(({ name }) => name),
    snapshotSha256: sha256Hex(canonicalJson({ period, ...content })),
  };
}

export type PeriodVerb = 'soft_close' | 'lock' | 'reopen' | 'approve_reopening';

/** One step on a period, by whoever `by` is. */
export async function closePeriod(
  ports: ClosePeriodPorts,
  verb: PeriodVerb,
  step: Readonly<Record<'period' | 'by' | 'reason' | 'requestId', string>>,
): Promise<Outcome<PeriodState, PeriodEvent>> {
  const { period, by, reason, requestId } = step;
  const command = await commandOf(ports, verb, {
    ...{ period, by, reason: reason.trim(), at: ports.now().toISOString() },
  });
  return execute(
    { store: ports.periods, now: ports.now },
    {
      ...{ streamId: periodStream(period), cause: `api#${requestId}`, evolution: periodEvolution },
      owner: { tradeId: period, marketplaceId: PLATFORM },
      decide: (state) => decidePeriod(command, state),
    },
  );
}

async function commandOf(
  ports: ClosePeriodPorts,
  verb: PeriodVerb,
  step: Readonly<Record<'period' | 'by' | 'reason' | 'at', string>>,
): Promise<PeriodCommand> {
  switch (verb) {
    case 'soft_close':
      return { type: 'SoftClose', hasEnded: hasEnded(ports, step.period), ...step };
    case 'lock': {
      const facts = await periodFacts(ports, step.period);
      return { type: 'Lock', red: redChecks(facts.checks), snapshot: snapshotOf(facts), ...step };
    }
    case 'reopen':
      return { type: 'ProposeReopening', laterLocked: await laterLocked(ports, step), ...step };
    case 'approve_reopening':
      return { type: 'ApproveReopening', laterLocked: await laterLocked(ports, step), ...step };
  }
}

/** Periods are locked in their order, so the next one tells of all later ones. */
async function laterLocked(
  ports: ClosePeriodPorts,
  { period }: { readonly period: string },
): Promise<string | null> {
  const next = addMonths(period, 1);
  return (await readPeriod(ports, next)).status === 'locked' ? next : null;
}
