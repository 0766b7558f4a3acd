import type { Random } from '../engine/random.ts';
import type { CarrierTrouble, JourneyStop } from '../ports/carrier-state.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;
const TROUBLES: readonly CarrierTrouble[] = ['lost_before', 'lost_after', 'busy'];

/** Some rest for days before the last stop, so that the carrier is asked in vain first. */
function journeyOf(draw: Random): readonly JourneyStop[] {
  const journey = deliveredJourney(draw);
  if (draw.chance(0.6)) return journey;
  const pause = draw.between(2 * DAY, 20 * DAY);
  return journey.map((stop) =>
    stop.status === 'delivered' ? { ...stop, afterSeconds: pause } : stop,
  );
}

/**
 * No webhook of the carrier's ever comes: whoever asks finds the delivery. The carrier is busy or
 * answers into the void, more often than a message is tried.
 */
export const neverTold: Scenario = {
  name: 'never-told',
  weight: 1,
  plan: (draw, ordinal) => {
    const parcels = draw.pick([1, 1, 2, 3]);
    const [journey = [], ...otherJourneys] = Array.from({ length: parcels }, () => journeyOf(draw));
    const troubles = Array.from({ length: draw.pick([0, 1, 2, 5, 12]) }, () => draw.pick(TROUBLES));
    return {
      request: tradeRequest(draw, ordinal, { parcels }),
      carrier: { journey, otherJourneys, isSilent: true, troubles: { track: troubles } },
      ends: ['settled', 'expired'],
      calmEnds: ['settled'],
      play: async (stage) => {
        await openAndPay(stage);
      },
    };
  },
};
