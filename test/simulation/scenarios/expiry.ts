import { SETTINGS } from '../system/plant.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** Nobody pays; the window is over. */
export const expiry: Scenario = {
  name: 'expiry',
  weight: 10,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: [] },
    ends: ['expired'],
    calmEnds: ['expired'],
    play: async (stage) => {
      await stage.openForSure();
    },
  }),
};

/** The buyer pays in the minutes in which the window ends. */
export const expiryRacesPayment: Scenario = {
  name: 'expiry-races-payment',
  weight: 3,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['expired', 'settled'],
    calmEnds: ['expired', 'settled'],
    play: async (stage) => {
      const opened = await stage.openForSure();
      const end = SETTINGS.paymentWindowSeconds;
      await stage.wait(stage.draw.between(end - 60, end + 65));
      await stage.pay(opened, { slowly: stage.draw.chance(0.1) });
    },
  }),
};

/** One try to open a trade, whose answer nobody waits for. */
export const abandoned: Scenario = {
  name: 'abandoned',
  weight: 9,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: [] },
    ends: ['expired', 'none'],
    calmEnds: ['expired'],
    play: async (stage) => {
      await stage.open();
    },
  }),
};
