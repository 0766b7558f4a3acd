import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;

/** The seller buys no stamp, or buys one and hands nothing over: the buyer gets everything back. */
export const notShipped: Scenario = {
  name: 'not-shipped',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: { ...tradeRequest(draw, ordinal), shipWithinSeconds: draw.between(DAY, 10 * DAY) },
    carrier: draw.chance(0.2)
      ? { refuses: 'buy', journey: [] }
      : { journey: [{ afterSeconds: 3_600, status: 'pre_transit', detail: 'label_created' }] },
    ends: ['refunded', 'expired'],
    calmEnds: ['refunded'],
    play: async (stage) => {
      await openAndPay(stage);
    },
  }),
};

/**
 * The goods are handed over about when the time for it ends: either the carrier's scan is known in
 * time and the trade goes on, or the buyer gets everything back, however the goods travel.
 */
export const shippedAtTheLastMoment: Scenario = {
  name: 'shipped-at-the-last-moment',
  weight: 1,
  plan: (draw, ordinal) => {
    const journey = deliveredJourney(draw);
    const [, second, third] = journey;
    const scannedAfter =
      (journey[0]?.afterSeconds ?? 0) + (third ?? second ?? { afterSeconds: 0 }).afterSeconds;
    return {
      request: {
        ...tradeRequest(draw, ordinal),
        shipWithinSeconds: Math.max(60, scannedAfter + draw.between(-3_600, 3_600)),
      },
      carrier: { journey },
      ends: ['settled', 'refunded', 'expired'],
      calmEnds: ['settled', 'refunded'],
      play: async (stage) => {
        await openAndPay(stage);
      },
    };
  },
};
