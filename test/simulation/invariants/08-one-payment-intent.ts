import { invariant } from './invariant.ts';

/** A trade has one payment intent at the provider: two could both be paid. */
export const onePaymentIntent = invariant({
  name: '08-one-payment-intent',
  number: 8,
  when: 'rest',
  find: ({ stripe }, report) => {
    const byTrade = Map.groupBy(stripe.intents.values(), ({ tradeId }) => tradeId);
    for (const [tradeId, intents] of byTrade) {
      if (intents.length > 1) report(tradeId, `${intents.length} payment intents`);
    }
  },
});
