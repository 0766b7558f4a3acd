import { money } from '../../../src/money/money.ts';
import type { Random } from '../engine/random.ts';
import type { CarrierPlan, JourneyStop } from '../ports/carrier-state.ts';
import { isAnswered } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;

/** The carrier's plan for so many parcels, one of them on a journey of its own. */
const consignment = (
  draw: Random,
  parcels: number,
  oneOfThem: readonly JourneyStop[],
): CarrierPlan => {
  const [journey = oneOfThem, ...otherJourneys] = Array.from({ length: parcels }, () =>
    deliveredJourney(draw),
  ).with(draw.below(parcels), oneOfThem);
  return { journey, otherJourneys };
};

/** Two to four parcels in one consignment, which come in any order. */
export const severalParcels: Scenario = {
  name: 'several-parcels',
  weight: 1,
  plan: (draw, ordinal) => {
    const parcels = draw.between(2, 4);
    return {
      request: tradeRequest(draw, ordinal, { parcels }),
      carrier: consignment(draw, parcels, deliveredJourney(draw)),
      ends: ['settled', 'expired'],
      calmEnds: ['settled'],
      play: async (stage) => {
        await openAndPay(stage);
      },
    };
  },
};

/**
 * One of them is lost. The others are delivered, and nothing is released for them: the buyer disputes
 * and gets everything back, or people are still talking about it.
 */
export const parcelLost: Scenario = {
  name: 'parcel-lost',
  weight: 1,
  plan: (draw, ordinal) => {
    const parcels = draw.between(2, 3);
    const request = tradeRequest(draw, ordinal, { parcels });
    const isDisputed = draw.chance(0.6);
    const end = isDisputed ? 'refunded' : 'in_fulfilment';
    const lost = [
      { afterSeconds: draw.between(600, DAY), status: 'in_transit', detail: 'departed_facility' },
      { afterSeconds: draw.between(DAY, 8 * DAY), status: 'failure', detail: 'lost' },
    ];
    return {
      request,
      carrier: consignment(draw, parcels, lost),
      ends: [end, 'expired'],
      calmEnds: [end],
      play: async (stage) => {
        if (!(await openAndPay(stage)) || !isDisputed) return;
        await stage.labelSold();
        await stage.wait(stage.draw.between(0, 12 * DAY));
        await stage.insist(() => stage.dispute('lost'), isAnswered);
        const { currency, amountMinor } = request.amount;
        const everything = money(currency, BigInt(amountMinor));
        await stage.insist(() => stage.decide('lost', everything), isAnswered);
      },
    };
  },
};

/** One of them rests somewhere for days: the carrier is asked, a person is told, and then it comes. */
export const parcelLate: Scenario = {
  name: 'parcel-late',
  weight: 1,
  plan: (draw, ordinal) => {
    const parcels = draw.between(1, 3);
    const late = [
      { afterSeconds: draw.between(600, DAY), status: 'in_transit', detail: 'departed_facility' },
      {
        afterSeconds: draw.between(2 * DAY, 25 * DAY),
        status: 'delivered',
        detail: 'arrived_at_destination',
      },
    ];
    return {
      request: tradeRequest(draw, ordinal, { parcels }),
      carrier: consignment(draw, parcels, late),
      ends: ['settled', 'expired'],
      calmEnds: ['settled'],
      play: async (stage) => {
        await openAndPay(stage);
      },
    };
  },
};
