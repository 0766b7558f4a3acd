import { isAnswered, type Stage } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import { paid } from './refunds.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY_SECONDS = 86_400;
/** When somebody in the trade is hit by a screening. */
const MOMENTS = ['unpaid', 'paid', 'shipped', 'accepted', 'refunded'] as const;

type Moment = (typeof MOMENTS)[number];

/** Goes on to where the hit comes; false where the trade has no money. */
async function reach(stage: Stage, moment: Moment): Promise<boolean> {
  const { draw } = stage;
  if (moment === 'unpaid') {
    const opened = await stage.openForSure();
    if (opened.status !== 201) return false;
    await stage.insist(() => stage.block('1'), isAnswered);
    await stage.wait(draw.between(1, 300));
    await stage.pay(opened);
    return true;
  }
  if (!(await openAndPay(stage, draw.between(0, 300)))) return false;
  if (moment === 'paid') {
    await stage.wait(draw.between(0, 600));
    return true;
  }
  await stage.labelSold();
  if (moment === 'shipped') {
    await stage.wait(draw.between(0, 3 * DAY_SECONDS));
    return true;
  }
  const price = await paid(stage);
  const act = moment === 'accepted' ? stage.accept : () => stage.refund('everything', price);
  await stage.insist(act, isAnswered);
  // What leaves at this moment is caught by the block, or gone.
  if (draw.chance(0.5)) await stage.wait(draw.between(0, 30));
  return true;
}

/** What the marketplace tries all the same; nothing of it moves money. */
async function tryAnyhow(stage: Stage): Promise<void> {
  const price = await paid(stage);
  await stage.insist(stage.accept, isAnswered);
  await stage.insist(() => stage.refund('meanwhile', price), isAnswered);
}

/** One person proposes with a license and may not approve; another does. */
async function lift(stage: Stage): Promise<void> {
  await stage.insist(() => stage.proposeUnblock('person_1'), isAnswered);
  await stage.insist(() => stage.approveUnblock('person_1'), isAnswered);
  await stage.insist(() => stage.approveUnblock('person_2'), isAnswered);
}

/**
 * A screening hits somebody in the trade at any moment: nothing of its money leaves until two persons let it
 * go, with a license. Sometimes it hits again, sometimes nobody ever lifts it.
 */
export const blockedFunds: Scenario = {
  name: 'blocked-funds',
  weight: 1,
  plan: (draw, ordinal) => {
    const moment = draw.pick(MOMENTS);
    const isLifted = moment === 'unpaid' || draw.chance(0.8);
    const moved = ['settled', 'refunded', 'expired'] as const;
    const stuck = ['funded', 'in_fulfilment', 'delivered', 'released', 'refunding'] as const;
    const ends = isLifted ? moved : [...moved, ...stuck];
    return {
      request: tradeRequest(draw, ordinal),
      carrier: { journey: deliveredJourney(draw) },
      ...{ ends, calmEnds: ends },
      play: async (stage) => {
        if (!(await reach(stage, moment))) return;
        await stage.insist(() => stage.block('1'), isAnswered);
        if (stage.draw.chance(0.5)) await tryAnyhow(stage);
        if (!isLifted) return;
        await stage.wait(stage.draw.between(0, 4 * DAY_SECONDS));
        await lift(stage);
        if (stage.draw.chance(0.8)) return;
        await stage.insist(() => stage.block('2'), isAnswered);
        await stage.wait(stage.draw.between(0, DAY_SECONDS));
        await lift(stage);
      },
    };
  },
};
