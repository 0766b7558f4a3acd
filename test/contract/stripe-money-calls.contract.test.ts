import type { EscrowEvent, PayoutEvent } from '../../events/index.ts';
import type { StripeEventReceived } from '../../events/messages/stripe-event-received.v1.ts';
import { inMemoryEvidenceVault } from '../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRatesStore } from '../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../src/adapters/in-memory/record-store.ts';
import { stripeEventFeed } from '../../src/adapters/stripe/event-feed.ts';
import { stripePaymentProvider } from '../../src/adapters/stripe/payment-provider.ts';
import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { closePayment, ensurePaymentIntent, loadEscrow } from '../../src/escrow/collect.ts';
import { runEscrow } from '../../src/escrow/run.ts';
import { journaledStore } from '../../src/ledger/journaled-store.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { reversalIdFor } from '../../src/platform/ids.ts';
import { consumePayments } from '../../src/process/consume-payments.ts';
import { rateDesk } from '../../src/process/quote-desk.ts';
import { sweepEvents } from '../../src/process/sweep-events.ts';
import type { Corridor } from '../../src/settlement/corridors.ts';
import { reverseTransfer } from '../../src/settlement/reverse-transfer.ts';
import { loadSeller } from '../../src/settlement/run.ts';
import { recordDebt } from '../../src/settlement/seller-desk.ts';
import { payRelease } from '../../src/settlement/settle.ts';
import { marketplaceId, story, termsOf, tradeId } from '../support/builders.ts';
import { settlementWith } from '../support/fake-rail.ts';
import { unknownOutcomes } from '../support/provider-failures.ts';
import { type StripeUnderTest, startStripe } from '../support/stripe-under-test.ts';

let stripe: StripeUnderTest;
beforeEach(async () => {
  stripe = await startStripe({ webhookRetryDelaysMs: [] });
});
afterEach(() => stripe.stop());

/** A marketplace's books, empty, in front of the Stripe of this test. */
function desk() {
  const escrows = inMemoryRecordStore<EscrowEvent>();
  const payouts = inMemoryRecordStore<PayoutEvent>();
  const now = () => new Date(story.tradeOpened.quote.createdAt);
  const collection = {
    ...{ store: journaledStore(escrows), now },
    payments: stripePaymentProvider(stripe.product),
    rates: rateDesk(inMemoryRatesStore()),
    evidence: inMemoryEvidenceVault(),
  };
  const settlement = settlementWith({
    ...{ store: journaledStore(payouts), now, rail: stripeTransferRail(stripe.product) },
  });
  const open = (id = tradeId) =>
    runEscrow(
      collection,
      { tradeId: id, marketplaceId, cause: `open-${id}` },
      { type: 'OpenTrade', terms: termsOf({ tradeId: id }) },
    );
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
  return { collection, settlement, open, requestPayment, typesOf };
}

const intentsOf = async (id: string): Promise<number> => {
  const { data } = await stripe.direct.paymentIntents.list({ limit: 100 });
  return data.filter(({ metadata }) => metadata['trade_id'] === id).length;
};

const recovering: readonly Corridor[] = [{ rails: ['stripe_transfer'], recoverByReversal: true }];

const memories = ['remembers', 'has forgotten'] as const;
const cases = unknownOutcomes.flatMap((failure) => memories.map((memory) => ({ failure, memory })));

/** A queue delivers again what failed in a way that may pass. */
async function untilHandled<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const outcome = await attempt().catch((error: unknown) => {
      if (isCodedError(error) && error.retryable) return undefined;
      throw error;
    });
    if (outcome !== undefined) return outcome;
  }
}

/** Tries, is left without an answer, and tries again. */
async function twice(
  route: string,
  { failure, memory }: (typeof cases)[number],
  call: () => Promise<unknown>,
): Promise<void> {
  stripe.failNext(route, failure);
  await expect(call()).rejects.toMatchObject({ retryable: true });
  if (memory === 'has forgotten') stripe.forgetKeys();
  await untilHandled(call);
}

describe.each(cases)(
  'a money call whose first try was $failure, when Stripe $memory its key',
  (each) => {
    it('asks the buyer for money once', async () => {
      const { open, requestPayment, typesOf } = desk();
      await open();
      // While Stripe remembers that it failed, it says so again; then only asking helps.
      await twice('POST /v1/payment_intents', each, requestPayment);
      expect(await intentsOf(tradeId)).toBe(1);
      expect(typesOf().filter((type) => type === 'PaymentRequested')).toHaveLength(1);
    });

    it('closes a payment once', async () => {
      const { collection, open, requestPayment, typesOf } = desk();
      await open();
      const { paymentIntentId } = await requestPayment();
      const cause = { tradeId, cause: 'cancel' };
      await runEscrow(collection, cause, { type: 'RequestCancellation' });
      await twice('POST /v1/payment_intents/*/cancel', each, () => closePayment(collection, cause));
      const intent = await stripe.direct.paymentIntents.retrieve(paymentIntentId);
      expect(intent.status).toBe('canceled');
      expect(typesOf().filter((type) => type === 'TradeCanceled')).toHaveLength(1);
    });

    it('pays the seller once', async () => {
      const { settlement } = desk();
      await stripe.direct.paymentIntents.create({
        ...{ amount: 2_000_000, currency: 'usd', payment_method_types: ['card'], confirm: true },
        payment_method: 'pm_card_bypassPending',
      });
      const release = { ...story.milestoneReleased, payoutAccountId: 'acct_sandbox_seller' };
      const { sourceChargeId: _, ...drawn } = release as typeof release & {
        sourceChargeId?: string;
      };
      const pay = () => payRelease(settlement, drawn, { marketplaceId, cause: 'release' });
      await twice('POST /v1/transfers', each, pay);
      const { data } = await stripe.direct.transfers.list({ limit: 100 });
      expect(data).toHaveLength(1);
    });

    it('takes back what a seller owes once', async () => {
      const settlement = { ...desk().settlement, corridors: recovering };
      const release = { ...story.milestoneReleased, payoutAccountId: 'acct_sandbox_seller' };
      const { sourceChargeId: _, ...drawn } = release;
      await stripe.direct.paymentIntents.create({
        ...{ amount: 2_000_000, currency: 'usd', payment_method_types: ['card'], confirm: true },
        payment_method: 'pm_card_bypassPending',
      });
      await payRelease(settlement, drawn, { marketplaceId, cause: 'release' });
      const { debtId } = story.sellerDebtIncurred;
      const recorded = await recordDebt(
        settlement,
        { owner: { tradeId, marketplaceId }, cause: 'debt' },
        {
          ...{ debt: story.sellerDebtIncurred, payoutAccountId: release.payoutAccountId },
          ...{ sellerCountry: 'US', milestoneIds: [release.milestoneId] },
        },
      );
      expect(recorded.state.reversals.size).toBe(1);
      const reversalId = reversalIdFor(debtId, story.payoutRequested.payoutId);
      const context = { sellerAccountId: release.payoutAccountId, cause: 'reversal' };
      await twice('POST /v1/transfers/tr_*/reversals', each, () =>
        reverseTransfer(settlement, context, reversalId),
      );
      const { data } = await stripe.direct.transfers.list({ limit: 100 });
      const { amountMinor } = story.sellerDebtIncurred.amount;
      expect(data.map((transfer) => transfer.amount_reversed)).toEqual([Number(amountMinor)]);
      const seller = await loadSeller(settlement, release.payoutAccountId);
      expect(seller.reversals.get(reversalId)?.status).toBe('reversed');
    });
  },
);

const now = () => story.tradeOpened.quote.createdAt;

const received = (objectId: string): StripeEventReceived => ({
  ...{ kind: 'stripe_event_received', version: 1, eventId: 'evt_1', objectId },
  ...{ eventType: 'payment_intent.succeeded', receivedAt: now() },
});

describe('one event', () => {
  it('delivered fifty times at once is one append', async () => {
    const { collection, settlement, open, requestPayment, typesOf } = desk();
    await open();
    const { paymentIntentId } = await requestPayment();
    stripe.sandbox.control.pay(paymentIntentId);
    const consume = consumePayments({ collection, settlement });
    const deliver = () => untilHandled(() => consume(received(paymentIntentId)));
    await Promise.all(Array.from({ length: 50 }, deliver));
    expect(typesOf().filter((type) => type === 'EscrowFunded')).toHaveLength(1);
  });
});

describe('half an hour of lost webhooks', () => {
  it('heals by the sweeper, without anything twice', async () => {
    const { collection, settlement, open, requestPayment, typesOf } = desk();
    const { sandbox, product } = stripe;
    sandbox.control.addWebhookEndpoint({ url: 'http://127.0.0.1:9/' });
    sandbox.control.setWebhookMode({ mode: 'drop' });
    const trades = ['trd_a', 'trd_b', 'trd_c'];
    for (const id of trades) {
      await open(id);
      sandbox.control.pay((await requestPayment(id)).paymentIntentId);
    }
    const consume = consumePayments({ collection, settlement });
    const inHalfAnHour = () => new Date(Date.now() + 30 * 60_000);
    const sweep = () =>
      sweepEvents({
        feed: stripeEventFeed(product, { livemode: false }),
        send: async (messages) => {
          for (const message of messages) await consume(message);
        },
        now: inHalfAnHour,
        hasTime: () => true,
      });
    expect(await sweep()).toEqual({ found: 3 });
    // Nobody has accepted the events, so the next run finds them again.
    expect(await sweep()).toEqual({ found: 3 });
    for (const id of trades) {
      expect(typesOf(id).filter((type) => type === 'EscrowFunded')).toHaveLength(1);
    }
  });
});
