import { isAnswered } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** The marketplace cancels before the buyer pays; where that takes too long, the window is over. */
export const cancellation: Scenario = {
  name: 'cancellation',
  weight: 10,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: [] },
    ends: ['canceled', 'expired'],
    calmEnds: ['canceled'],
    play: async (stage) => {
      await stage.openForSure();
      await stage.wait(stage.draw.between(0, 900));
      await stage.insist(stage.cancel, isAnswered);
    },
  }),
};

/** Cancellation and payment cross: exactly one of them wins. */
export const cancellationRacesPayment: Scenario = {
  name: 'cancellation-races-payment',
  weight: 3,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['canceled', 'expired', 'settled'],
    calmEnds: ['canceled', 'settled'],
    play: async (stage) => {
      const opened = await stage.openForSure();
      const slowly = stage.draw.chance(0.2);
      await Promise.all([
        stage.wait(stage.draw.unit()).then(() => stage.insist(stage.cancel, isAnswered)),
        stage.wait(stage.draw.unit()).then(() => stage.pay(opened, { slowly })),
      ]);
    },
  }),
};

/** The buyer has paid; nothing can be canceled any more, however often it is asked for. */
export const cancellationTooLate: Scenario = {
  name: 'cancellation-too-late',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      await openAndPay(stage);
      await stage.wait(stage.draw.between(0, 400_000));
      await Promise.all([stage.cancel(), stage.cancel()]);
    },
  }),
};
