import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { inMemoryEvidenceVault } from '../../../src/adapters/in-memory/party-vault.ts';
import { inMemoryRatesStore } from '../../../src/adapters/in-memory/rates-store.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import {
  type CollectionPorts,
  ensurePaymentIntent,
  loadEscrow,
} from '../../../src/escrow/collect.ts';
import { runEscrow } from '../../../src/escrow/run.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { consumePayments } from '../../../src/process/consume-payments.ts';
import { rateDesk } from '../../../src/process/quote-desk.ts';
import { marketplaceId, story, termsOf, tradeId } from '../../support/builders.ts';
import { feedOf } from '../../support/fake-feed.ts';
import { fakePayments } from '../../support/fake-payments.ts';
import { fakeRail, settlementWith } from '../../support/fake-rail.ts';
import { fakeTreasury } from '../../support/fake-treasury.ts';
import { stripeMessage } from './post.ts';

const INTERLEAVINGS = 100;

/** A trade that was just opened, over a store and a provider that answer in any order. */
async function racedTrade(scheduler: fc.Scheduler) {
  const records = inMemoryRecordStore<EscrowEvent>();
  const payments = fakePayments();
  const now = () => new Date(story.tradeOpened.quote.createdAt);
  const calm: CollectionPorts = {
    ...{ store: journaledStore(records), now, payments: payments.provider },
  };
  const opening = { tradeId, marketplaceId, cause: 'open' };
  await runEscrow(calm, opening, { type: 'OpenTrade', terms: termsOf() });
  const { provider } = payments;
  const raced: CollectionPorts = {
    now,
    store: journaledStore({
      load: scheduler.scheduleFunction(records.load),
      append: scheduler.scheduleFunction(records.append),
    }),
    payments: {
      ...provider,
      findForTrade: scheduler.scheduleFunction(provider.findForTrade),
      create: scheduler.scheduleFunction(provider.create),
      get: scheduler.scheduleFunction(provider.get),
    },
  };
  const requestPayment = async () => {
    const state = await loadEscrow(raced, tradeId);
    if (state.status !== 'awaiting_payment') return;
    await ensurePaymentIntent(raced, { tradeId, cause: 'request' }, state);
  };
  const store = journaledStore(inMemoryRecordStore<never>());
  const settlement = settlementWith({ store, now, rail: fakeRail().port });
  const consume = consumePayments({
    collection: {
      ...raced,
      rates: rateDesk(inMemoryRatesStore()),
      evidence: inMemoryEvidenceVault(),
    },
    ...{ settlement, feed: feedOf(), treasury: fakeTreasury().ports },
  });
  return { records, payments, requestPayment, consume };
}

describe('Checkout that completes while the webhook of its payment comes in', () => {
  it(`funds one escrow, in ${INTERLEAVINGS} interleavings`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { records, payments, requestPayment, consume } = await racedTrade(scheduler);
        // Stripe has the intent and the buyer has paid it before its answer reached checkout.
        await payments.provider.create({ tradeId, amount: story.tradeOpened.quote.sell });
        payments.pay('pi_1');
        const racing = Promise.all([
          requestPayment(),
          consume(stripeMessage('payment_intent.succeeded', 'pi_1')),
          consume(stripeMessage('payment_intent.succeeded', 'pi_1', 'evt_twin')),
        ]);
        await scheduler.waitFor(racing);
        await racing;
        const stream = records.all();
        const types = stream.flatMap(({ events }) => events.map(({ type }) => type));
        expect(types.filter((type) => type === 'EscrowFunded')).toHaveLength(1);
        expect(stream.map(({ sequence }) => sequence)).toEqual(stream.map((_, index) => index + 1));
        expect(payments.created()).toBe(1);
      }),
      { numRuns: INTERLEAVINGS },
    );
  });
});
