import type { EscrowEvent } from '../../../events/index.ts';
import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import type { OpenTradePorts, TradeProposal } from '../../../src/escrow/open-trade.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { quoteDesk } from '../../../src/process/quote-desk.ts';
import { marketplaceId, story, termsOf, tradeId } from '../../support/builders.ts';
import { fakePayments } from '../../support/fake-payments.ts';
import { bundledDay } from '../fx/rate-days.ts';

const { quote: _, payBy: __, ...proposal } = termsOf();
export const storyProposal: TradeProposal = proposal;

/** Where trades are opened and canceled: an empty store, the bundled rates, a provider to talk to. */
export function escrowDesk() {
  const records = inMemoryRecordStore<EscrowEvent>();
  const payments = fakePayments();
  const clock = { now: new Date(story.tradeOpened.quote.createdAt) };
  const rates = inMemoryRatesStore();
  const kept: string[] = [];
  const ports: OpenTradePorts = {
    store: journaledStore(records),
    now: () => clock.now,
    payments: payments.provider,
    quotes: quoteDesk({
      rates,
      ...{ marginBasisPoints: 150, lockPremiumBasisPoints: 0, lockSeconds: 1_800 },
    }),
    keepParties: async () => {
      kept.push(`after ${records.all().length} records`);
    },
    paymentWindowSeconds: 1_800,
  };
  return {
    ports,
    payments,
    clock,
    kept,
    ready: async () => {
      await rates.putIfAbsent(bundledDay);
    },
    context: (cause: string) => ({ tradeId, marketplaceId, cause }),
    state: () => loadEscrow(ports, tradeId),
    types: () => records.all().flatMap(({ events }) => events.map(({ type }) => type)),
    records: () => records.all(),
  };
}
