import type { EscrowEvent, PayoutEvent } from '../../events/index.ts';
import { inMemoryEvidenceVault } from '../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRatesStore } from '../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { ensurePaymentIntent, loadEscrow } from '../../src/escrow/collect.ts';
import { runEscrow } from '../../src/escrow/run.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { rateDesk } from '../../src/process/quote-desk.ts';
import { bundledDay } from '../unit/fx/rate-days.ts';
import { marketplaceId, story, termsOf, tradeId } from './builders.ts';
import { settlementWith } from './fake-rail.ts';
import type { StripeUnderTest } from './stripe-under-test.ts';

/** A marketplace's books, empty, in front of a Stripe. */
export function deskAt(stripe: Pick<StripeUnderTest, 'product'>) {
  const escrows = inMemoryRecordStore<EscrowEvent>();
  const payouts = inMemoryRecordStore<PayoutEvent>();
  const now = () => new Date(story.tradeOpened.quote.createdAt);
  const rates = inMemoryRatesStore();
  const collection = {
    ...{ store: journaledStore(escrows), now },
    payments: stripePaymentProvider(stripe.product),
    rates: rateDesk(rates),
    evidence: inMemoryEvidenceVault(),
  };
  const settlement = settlementWith({
    ...{ store: journaledStore(payouts), now, rail: stripeTransferRail(stripe.product) },
  });
  const open = async (id = tradeId) => {
    await rates.putIfAbsent(bundledDay);
    return runEscrow(
      collection,
      { tradeId: id, marketplaceId, cause: `open-${id}` },
      { type: 'OpenTrade', terms: termsOf({ tradeId: id }) },
    );
  };
  const requestPayment = async (id = tradeId) => {
    const state = await loadEscrow(collection, id);
    if (state.status !== 'awaiting_payment') throw new Error(`${id} is ${state.status}.`);
    return ensurePaymentIntent(collection, { tradeId: id, cause: `request-${id}` }, state);
  };
  const typesOf = (id = tradeId) =>
    escrows
      .all()
      .filter((record) => record.tradeId === id)
      .flatMap(({ events }) => events.map(({ type }) => type));
  const payoutTypes = () => payouts.all().flatMap(({ events }) => events.map(({ type }) => type));
  const feed = stripeEventFeed(stripe.product, { livemode: false });
  return { collection, settlement, feed, open, requestPayment, typesOf, payoutTypes };
}
