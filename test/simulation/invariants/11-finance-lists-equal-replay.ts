import type { World } from '../world.ts';
import { invariant, type Report } from './invariant.ts';
import { isSame } from './support/arithmetic.ts';
import { openOfDebts } from './support/debts.ts';
import { escrowOf, eventsOf, firstOf, payoutOf } from './support/history.ts';

/**
 * Finance's lists are what a replay of the events gives: the pay of each milestone with what became of
 * it, each dispute and chargeback as it stands, and of each lane the trades that were paid for.
 */
export const financeListsEqualReplay = invariant({
  name: '11-finance-lists-equal-replay',
  number: 11,
  when: 'rest',
  find: (world, report) => {
    checkSettlements(world, report);
    checkCases(world, report);
    checkDebts(world, report);
    checkLanes(world, report);
  },
});

function checkSettlements(world: World, report: Report): void {
  const { settlements } = world.views.finance;
  for (const { payoutId, released } of releasedIn(world)) {
    const { length } = payoutOf(world, payoutId);
    const listed = settlements.get(payoutId);
    const isDue = length > 0 || (listed?.state === 'due' && isSame(listed.amount, released.net));
    if (listed?.version === length && isDue) continue;
    report(released.tradeId, `${payoutId} is ${listed?.state} ${listed?.version} of ${length}`);
  }
  for (const { payoutId, state, amount, tradeId } of settlements.values()) {
    const stream = payoutOf(world, payoutId);
    const settled = eventsOf(stream, 'PayoutSettled');
    const last = settled.at(-1);
    const isPaid = settled.length > eventsOf(stream, 'PayoutReturned').length;
    const isAmount = !isPaid || last === undefined || isSame(last.amount, amount);
    if (isPaid !== (state === 'paid') || !isAmount) {
      report(tradeId, `${payoutId} is listed as ${state}, with ${amount.amountMinor}`);
    }
  }
}

const releasedIn = ({ records }: World) =>
  eventsOf(records, 'MilestoneReleased').map((released) => ({
    payoutId: `payout_${released.tradeId.slice('trd_'.length)}_${released.milestoneId}`,
    released,
  }));

function checkCases(world: World, report: Report): void {
  const { cases } = world.views.finance;
  for (const [caseId, { tradeId, status }] of casesIn(world)) {
    const listed = cases.get(caseId);
    if (listed?.status === status) continue;
    report(tradeId, `${caseId} is listed as ${listed?.status}, and is ${status}`);
  }
  for (const { caseId, tradeId, version } of cases.values()) {
    const { length } = escrowOf(world, tradeId);
    if (version !== length) report(tradeId, `${caseId} is of version ${version}, not ${length}`);
  }
}

type Standing = { readonly tradeId: string; readonly status: 'open' | 'closed' };

/** Each dispute and chargeback that was opened, and whether it is over: one that was won may be open again. */
function casesIn({ records }: World): ReadonlyMap<string, Standing> {
  const cases = new Map<string, Standing>();
  for (const event of records.flatMap(({ events }) => events)) {
    switch (event.type) {
      case 'DisputeOpened':
      case 'DisputeClosed': {
        const status = event.type === 'DisputeOpened' ? 'open' : 'closed';
        cases.set(event.disputeId, { tradeId: event.tradeId, status });
        break;
      }
      case 'ChargebackAdjusted':
        if (!event.reopened) break;
        cases.set(event.chargebackId, { tradeId: event.tradeId, status: 'open' });
        break;
      case 'ChargebackOpened':
      case 'ChargebackWon':
      case 'ChargebackLost': {
        const status = event.type === 'ChargebackOpened' ? 'open' : 'closed';
        cases.set(event.chargebackId, { tradeId: event.tradeId, status });
        break;
      }
      default:
    }
  }
  return cases;
}

/** Each debt that was recorded is listed once, with what is still open of it. */
function checkDebts(world: World, report: Report): void {
  const { debts } = world.views.finance;
  const left = openOfDebts(world.records.flatMap(({ events }) => events));
  if (debts.size !== left.size) report(null, `${debts.size} debts are listed of ${left.size}`);
  for (const [debtId, remainingMinor] of left) {
    const listed = debts.get(debtId);
    if (listed?.remaining.amountMinor === remainingMinor) continue;
    report(null, `${debtId} is listed with ${listed?.remaining.amountMinor} of ${remainingMinor}`);
  }
}

/** By ten minutes, a day and a month of an instant lanes are summed: by its beginning. */
const SPAN_LENGTHS = ['2026-11-23T08:0', '2026-11-23', '2026-11'].map(({ length }) => length);

function checkLanes(world: World, report: Report): void {
  const due = new Map<string, { trades: number; amountMinor: bigint }>();
  let paid = 0;
  for (const record of world.records) {
    const opened = firstOf(escrowOf(world, record.tradeId), 'TradeOpened');
    if (firstOf([record], 'EscrowFunded') === undefined || opened === undefined) continue;
    paid += 1;
    const { amount, seller, buyer, marketplaceId } = opened;
    for (const length of SPAN_LENGTHS) {
      const lane = `${marketplaceId}#${amount.currency}#${seller.country}#${buyer.country}`;
      const key = `${lane}#${record.recordedAt.slice(0, length)}`;
      const sum = due.get(key) ?? { trades: 0, amountMinor: 0n };
      sum.trades += 1;
      sum.amountMinor += amount.amountMinor;
      due.set(key, sum);
    }
  }
  const { trades, slices } = world.views.finance.lanes;
  if (trades.size !== paid) report(null, `${trades.size} trades on lanes of ${paid} paid`);
  if (slices.size !== due.size) report(null, `${slices.size} slices of lanes for ${due.size}`);
  for (const [key, sum] of due) {
    const slice = slices.get(key);
    if (slice?.trades !== sum.trades || slice.amountMinor !== sum.amountMinor) {
      report(null, `lane ${key} has ${slice?.trades} of ${sum.trades} trades`);
    }
  }
}
