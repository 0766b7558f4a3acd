import type { Random } from '../engine/random.ts';
import { isAnswered, type Stage } from '../system/stage.ts';
import { chargeBack, ENDS_OF_CHARGEBACK } from './chargebacks.ts';
import { share } from './disputes.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Plan, Scenario } from './scenario.ts';
import { deliveredJourney, type TradeRequest, tradeRequest } from './trade-request.ts';

const DAY = 86_400;
/** As long as Stripe lets a platform in Thailand hold money. */
const HOLD_LIMIT_SECONDS = 10 * DAY;
const LABEL_ONLY = [
  { afterSeconds: 3_600, status: 'pre_transit', detail: 'label_created' },
] as const;

/** What each part is, in hundredths of the trade. */
const PARTS = { first: 20, second: 30, third: 50 } as const;
type Part = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as readonly Part[];

/** A trade in three parts, each with an inspection of its own. */
function inParts(draw: Random, ordinal: number, inspectionSeconds: readonly [number, number]) {
  const request = tradeRequest(draw, ordinal, { seller: 'regular' });
  const milestones = NAMES.map((milestoneId) => ({
    ...{ milestoneId, shareBasisPoints: PARTS[milestoneId] * 100 },
    inspectionPeriodSeconds: draw.between(...inspectionSeconds),
  }));
  return { ...request, milestones };
}

/** The buyer disputes one part, and it ends: an arbitrator's word, the buyer's, or silence. */
async function disputeOne(stage: Stage, request: TradeRequest, part: Part): Promise<void> {
  const { draw } = stage;
  const disputed = await stage.insist(() => stage.dispute(part, [part]), isAnswered);
  const end = draw.unit();
  if (disputed.status !== 200 || end < 0.2) return;
  await stage.wait(draw.between(0, 9 * DAY));
  if (end < 0.6) {
    await stage.insist(() => stage.withdraw(part), isAnswered);
    return;
  }
  const toBuyer = share(request, (PARTS[part] * draw.pick([0, 50, 90, 100])) / 100);
  await stage.insist(() => stage.decide(part, toBuyer), isAnswered);
}

/** One or two disputes, each of its part, and now and then the bank's word between them. */
async function quarrel(stage: Stage, request: TradeRequest, withinSeconds: number): Promise<void> {
  const { draw } = stage;
  const parts = draw.chance(0.3) ? NAMES.slice(0, 2) : [draw.pick(NAMES)];
  await Promise.all([
    ...parts.map(async (part) => {
      await stage.wait(draw.between(0, withinSeconds));
      await disputeOne(stage, request, part);
    }),
    draw.chance(0.3)
      ? stage.wait(draw.between(0, withinSeconds)).then(() => chargeBack(stage))
      : undefined,
  ]);
}

/** Parts of a delivered trade are disputed while others are released. */
export const disputedInPart: Scenario = {
  name: 'disputed-in-part',
  weight: 1,
  plan: (draw, ordinal): Plan => {
    const request = inParts(draw, ordinal, [0, 6 * DAY]);
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ...ENDS_OF_CHARGEBACK,
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.labelSold();
        await quarrel(stage, request, 3 * DAY);
      },
    };
  },
};

/**
 * Nothing is shipped in time while a part is disputed: what is not goes back at once, and the part when
 * its dispute has ended without an award.
 */
export const notShippedInPart: Scenario = {
  name: 'not-shipped-in-part',
  weight: 1,
  plan: (draw, ordinal): Plan => {
    const shipWithinSeconds = draw.between(DAY, 5 * DAY);
    const request = { ...inParts(draw, ordinal, [0, DAY]), shipWithinSeconds };
    return {
      request,
      carrier: { journey: LABEL_ONLY },
      ...ENDS_OF_CHARGEBACK,
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await quarrel(stage, request, 5 * DAY);
      },
    };
  },
};

/** Money may be held no longer while a part is disputed, or the bank has taken a part of it. */
export const heldInPart: Scenario = {
  name: 'held-in-part',
  weight: 1,
  plan: (draw, ordinal): Plan => {
    const request = inParts(draw, ordinal, [8 * DAY, 30 * DAY]);
    const journey = deliveredJourney(draw);
    return {
      request,
      holdLimitSeconds: HOLD_LIMIT_SECONDS,
      carrier: {
        journey: draw.chance(0.5)
          ? journey
          : journey.filter(({ status }) => status !== 'delivered'),
      },
      ...ENDS_OF_CHARGEBACK,
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await quarrel(stage, request, HOLD_LIMIT_SECONDS);
      },
    };
  },
};
