import { isAnswered } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;
/** As long as Stripe lets a platform in Thailand hold money. */
const HOLD_LIMIT_SECONDS = 10 * DAY;

/**
 * An inspection that is longer than money may be held: somebody is told at four fifths of it, and at
 * nineteen twentieths what was delivered is the seller's. Some accept before that, and some dispute.
 */
export const heldTooLong: Scenario = {
  name: 'held-too-long',
  weight: 1,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    const inspectionPeriodSeconds = draw.between(8 * DAY, 30 * DAY);
    const milestones = [{ milestoneId: 'late', amount: request.amount, inspectionPeriodSeconds }];
    return {
      request: { ...request, milestones },
      holdLimitSeconds: HOLD_LIMIT_SECONDS,
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'refunded', 'expired'],
      calmEnds: ['settled', 'refunded'],
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.seen('ShipmentBooked', 'HoldLimitForced');
        const way = stage.draw.unit();
        if (way < 0.5) return;
        await stage.wait(stage.draw.between(0, HOLD_LIMIT_SECONDS));
        if (way < 0.75) await stage.accept();
        else await stage.insist(() => stage.dispute('late'), isAnswered);
      },
    };
  },
};

/** Nothing is delivered before money may no longer be held: the buyer gets it back. */
export const neverDelivered: Scenario = {
  name: 'never-delivered',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    holdLimitSeconds: HOLD_LIMIT_SECONDS,
    carrier: {
      journey: deliveredJourney(draw).filter(({ status }) => status !== 'delivered'),
    },
    ends: ['refunded', 'expired'],
    calmEnds: ['refunded'],
    play: async (stage) => {
      await openAndPay(stage);
    },
  }),
};
