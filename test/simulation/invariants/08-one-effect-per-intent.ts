import type { StripeTransfer, StripeView } from '../world.ts';
import { invariant } from './invariant.ts';

/**
 * Whatever timed out, was repeated or came a day later: at the provider there is at most one
 * transfer for a payout that was not taken back, and one charge for a trade.
 */
export const oneEffectPerIntent = invariant({
  name: '08-one-effect-per-intent',
  number: 8,
  when: 'step',
  find: ({ step, stripe }, report) => {
    for (const { payoutId, tradeId } of step.transfers) {
      const made = stripe.transfers.filter(
        (transfer) => transfer.payoutId === payoutId && !isTakenBack(stripe, transfer),
      ).length;
      if (made > 1) report(tradeId, `${made} transfers for ${payoutId}`);
    }
    for (const { tradeId } of step.charges) {
      const made = stripe.charges.filter((charge) => charge.tradeId === tradeId).length;
      if (made > 1) report(tradeId, `${made} charges`);
    }
  },
});

const isTakenBack = ({ reversed }: StripeView, { id, amount }: StripeTransfer): boolean =>
  reversed.get(id) === amount.amountMinor;
