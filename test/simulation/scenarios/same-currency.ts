import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** Paid in the trade's own currency: nothing is exchanged, by us at least. */
export const sameCurrency: Scenario = {
  name: 'same-currency',
  weight: 2,
  plan: (draw, ordinal) => {
    const currency = draw.pick(['USD', 'GBP', 'EUR'] as const);
    const amount = { currency, amountMinor: String(draw.between(10_000, 900_000)) };
    return {
      request: tradeRequest(draw, ordinal, { amount, payInCurrency: currency }),
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'expired'],
      calmEnds: ['settled'],
      play: async (stage) => {
        await openAndPay(stage);
      },
    };
  },
};
