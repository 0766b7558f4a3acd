import type { Random } from '../engine/random.ts';
import type { CarrierTrouble, JourneyStop } from '../ports/carrier-state.ts';
import { openAndPay } from './open-and-pay.ts';
import { paid } from './refunds.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const TROUBLES: readonly CarrierTrouble[] = ['lost_before', 'lost_after', 'busy', 'in_progress'];

const troublesOf = (draw: Random, most: number): readonly CarrierTrouble[] =>
  Array.from({ length: draw.between(0, most) }, () => draw.pick(TROUBLES));

const parcelsOf = (draw: Random): number => draw.pick([1, 1, 2, 3]);

/**
 * The carrier sells and does not say so, is busy, or still at it: it is asked by our reference before
 * anything is bought again.
 */
export const labelTimeout: Scenario = {
  name: 'label-timeout',
  weight: 1,
  plan: (draw, ordinal) => {
    const parcels = parcelsOf(draw);
    const [journey = [], ...otherJourneys] = Array.from({ length: parcels }, () =>
      deliveredJourney(draw),
    );
    const troubles = {
      prepare: troublesOf(draw, 2),
      buy: [draw.pick(TROUBLES), ...troublesOf(draw, 4)],
    };
    return {
      request: tradeRequest(draw, ordinal, { parcels }),
      carrier: { journey, otherJourneys, troubles },
      ends: ['settled', 'expired'],
      calmEnds: ['settled'],
      play: async (stage) => {
        await openAndPay(stage);
      },
    };
  },
};

const LABEL_ONLY: readonly JourneyStop[] = [
  { afterSeconds: 600, status: 'pre_transit', detail: 'label_created' },
];

/**
 * The buyer gets everything back before anything is handed over, as the label is being bought or
 * later: what was bought is given back.
 */
export const labelGivenBack: Scenario = {
  name: 'label-given-back',
  weight: 1,
  plan: (draw, ordinal) => {
    const parcels = parcelsOf(draw);
    const troubles = { buy: troublesOf(draw, 2), cancel: troublesOf(draw, 3) };
    return {
      request: tradeRequest(draw, ordinal, { parcels }),
      carrier: {
        journey: LABEL_ONLY,
        otherJourneys: Array.from({ length: parcels - 1 }, () => LABEL_ONLY),
        troubles,
      },
      ends: ['refunded', 'expired'],
      calmEnds: ['refunded'],
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.seen('FundsConverted');
        await stage.wait(stage.draw.pick([0, 0, 1, 5, 60, 100_000]));
        const everything = await paid(stage);
        const refund = () => stage.refund('everything', everything);
        await stage.insist(refund, ({ status }) => status === 200);
      },
    };
  },
};
