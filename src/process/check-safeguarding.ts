import type { BreakEvent } from '../../events/index.ts';
import { type Safeguarding, safeguardingOf } from '../ledger/safeguarding.ts';
import type { EventStore } from '../platform/event-store.ts';
import { compareTotals } from '../reconciliation/totals.ts';
import { stepBreak } from './step-break.ts';
import { trialBalance } from './trial-balance.ts';
import type { ViewStore } from './views.ts';

export type CheckSafeguardingPorts = {
  readonly views: Pick<ViewStore, 'listLedgerDays' | 'listSlices' | 'listBreaks'>;
  readonly breaks: EventStore<BreakEvent>;
  readonly now: () => Date;
};

const MOST_BREAKS = 1_000;

/**
 * Tests for every currency that clients' money is there, and keeps rec F's breaks: one for each currency
 * in which it is not, from the day on which it was not, until it is again. An open position stands for
 * money on its way, and is no part of what is owed.
 */
export async function checkSafeguarding(
  ports: CheckSafeguardingPorts,
): Promise<readonly Safeguarding[]> {
  const at = ports.now().toISOString();
  const currencies = safeguardingOf(
    await trialBalance(ports.views, at.slice(0, 'YYYY-MM-DD'.length)),
  );
  const totals = {
    owed: currencies.map(({ currency, owedMinor, positionMinor }) => ({
      ...{ currency, amountMinor: owedMinor - positionMinor },
    })),
    kept: currencies.map(({ currency, coverMinor }) => ({ currency, amountMinor: coverMinor })),
  };
  const open = await ports.views.listBreaks({ status: 'open', limit: MOST_BREAKS });
  const standing = open.filter(({ rec }) => rec === 'F');
  const { raise, clear } = compareTotals(totals, standing, at);
  for (const breakId of clear) {
    const cleared = { type: 'ClearBreak', matchedBy: [], at } as const;
    await stepBreak(ports, { breakId, cause: `safeguarding#clear#${at}` }, cleared);
  }
  for (const facts of raise) {
    const { breakId } = facts;
    const found = { type: 'RaiseBreak', facts } as const;
    await stepBreak(ports, { breakId, cause: `safeguarding#raise#${at}` }, found);
  }
  return currencies;
}
