import { isAnswered } from '../system/stage.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/**
 * A bank debit: it is in processing for hours or days, past the window and the quote, and can't be
 * called off. It succeeds in the end, and the money is converted under a quote of that day.
 */
export const latePayment: Scenario = {
  name: 'late-payment',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired', 'canceled'],
    calmEnds: ['settled'],
    play: async (stage) => {
      const opened = await stage.openForSure();
      await stage.wait(stage.draw.between(0, 1_200));
      await stage.pay(opened, { slowly: true });
      if (!stage.draw.chance(0.5)) return;
      await stage.wait(stage.draw.between(0, 100_000));
      await stage.insist(stage.cancel, isAnswered);
    },
  }),
};
