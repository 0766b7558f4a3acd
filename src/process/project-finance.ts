import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type { EscrowEvent, PayoutEvent, SellerEvent } from '../../events/index.ts';
import type { Terms } from '../escrow/state.ts';
import type { EventRecord, EventStore } from '../platform/event-store.ts';
import { escrowStream } from '../platform/ids.ts';
import { casesOf } from './cases-of.ts';
import { changedDebts, debtOfTrade, mayChangeDebts } from './debts-of.ts';
import { type EscrowHistory, historyOf } from './escrow-history.ts';
import {
  type Case,
  type FinanceViews,
  type LaneTrade,
  laneSpans,
  type SellerDebt,
  type Settlement,
} from './finance-views.ts';
import { settlementOfPayout, settlementsOfRelease } from './settlements-of.ts';

/** What a record changes of what finance's lists show. */
export type FinancePlan = {
  readonly settlements: readonly Settlement[];
  readonly cases: readonly Case[];
  readonly debts: readonly SellerDebt[];
  readonly lane: LaneTrade | undefined;
};

const NOTHING: FinancePlan = { settlements: [], cases: [], debts: [], lane: undefined };

/** What to write for a record of a seller, given the seller's stream and those of the debts' trades. */
export async function planDebts(
  { events, sequence, streamId }: TradelaneRecord,
  {
    escrows,
    sellers,
  }: {
    readonly escrows: Pick<EventStore<EscrowEvent>, 'load'>;
    readonly sellers: Pick<EventStore<SellerEvent>, 'load'>;
  },
): Promise<FinancePlan> {
  if (!mayChangeDebts(events)) return NOTHING;
  const changed = changedDebts(await sellers.load(streamId), sequence);
  const debts = await Promise.all(
    changed.map(async (debt) => {
      const { state } = historyOf(await escrows.load(escrowStream(debt.tradeId)));
      return state.status === 'not_opened' ? [] : [debtOfTrade(debt, state.terms)];
    }),
  );
  return { ...NOTHING, debts: debts.flat() };
}

/** What to write for a record of a trade or a payout, given both of their streams as they are stored. */
export function planFinance(
  record: TradelaneRecord,
  streams: {
    readonly escrow: EscrowHistory;
    readonly payout: readonly EventRecord<PayoutEvent>[];
  },
): FinancePlan {
  const { state } = streams.escrow;
  if (state.status === 'not_opened') return NOTHING;
  const { terms } = state;
  const settlement = settlementOfPayout(streams.payout, terms);
  if (settlement !== undefined) return { ...NOTHING, settlements: [settlement] };
  const events = record.events as readonly EscrowEvent[];
  return {
    ...NOTHING,
    settlements: settlementsOfRelease({ ...record, events }, terms),
    cases: casesOf(streams.escrow),
    lane: laneTradeOf(record, terms),
  };
}

/** A trade counts on its lane from its payment on, whatever becomes of it. */
function laneTradeOf(
  { events, recordedAt, tradeId, marketplaceId }: TradelaneRecord,
  { seller, buyer, amount: { currency, amountMinor } }: Terms,
): LaneTrade | undefined {
  if (!events.some(({ type }) => type === 'EscrowFunded')) return undefined;
  return {
    ...{ tradeId, marketplaceId, paidAt: recordedAt, currency, amountMinor },
    ...{ sellerCountry: seller.country, buyerCountry: buyer.country },
  };
}

/** Writes the plan. A lane's sums are made anew from the finest span up. */
export async function putFinance(views: FinanceViews, plan: FinancePlan): Promise<void> {
  await Promise.all([
    ...plan.settlements.map((settlement) => views.putSettlement(settlement)),
    ...plan.cases.map((one) => views.putCase(one)),
    ...plan.debts.map((debt) => views.putDebt(debt)),
    plan.lane === undefined ? undefined : putLane(views, plan.lane),
  ]);
}

async function putLane(views: FinanceViews, trade: LaneTrade): Promise<void> {
  await views.putLaneTrade(trade);
  const { marketplaceId, sellerCountry, buyerCountry, currency, paidAt } = trade;
  for (const length of laneSpans) {
    const span = paidAt.slice(0, length);
    const key = { marketplaceId, sellerCountry, buyerCountry, currency, span };
    await views.putLane(await views.sumLane(key));
  }
}
