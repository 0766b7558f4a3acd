import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** The buyer accepts while the goods are on their way, and again: all is released at once. */
export const earlyAcceptance: Scenario = {
  name: 'early-acceptance',
  weight: 2,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { seller: 'regular' }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.labelSold();
      await stage.wait(stage.draw.between(0, 200_000));
      await Promise.all([
        stage.insist(stage.accept, ({ status }) => status === 200),
        stage.draw.chance(0.5) ? stage.accept() : undefined,
      ]);
    },
  }),
};
