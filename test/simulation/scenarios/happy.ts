import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** Paid at once, delivered, inspected without a word. */
export const happy: Scenario = {
  name: 'happy',
  weight: 4,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      await openAndPay(stage, stage.draw.between(5, 600));
    },
  }),
};
