import { type Money, money } from '../../../src/money/money.ts';
import type { Random } from '../engine/random.ts';
import { stepOf } from '../ports/stripe-money.ts';
import type { ApiAnswer } from '../system/api.ts';
import type { Stage } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** What the buyer paid, as the API says it. */
export async function paid(stage: Stage): Promise<Money> {
  const answer = await stage.insist(stage.get, ({ status }) => status === 200);
  const { payIn } = JSON.parse(answer.body) as { payIn: { currency: string; amountMinor: string } };
  return money(payIn.currency as Money['currency'], BigInt(payIn.amountMinor));
}

const isDone = ({ status }: ApiAnswer): boolean => status === 200;

/** So many thousandths of an amount that the provider can move, at least the least that it can. */
export const part = ({ currency, amountMinor }: Money, thousandths: number): Money => {
  const step = stepOf(currency);
  const steps = (amountMinor * BigInt(thousandths)) / (1_000n * step);
  return money(currency, (steps > 0n ? steps : 1n) * step);
};

/** The buyer gets everything back before anything is released, asked for more than once. */
export const refundBeforeRelease: Scenario = {
  name: 'refund-before-release',
  weight: 3,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['refunded', 'settled', 'expired'],
    calmEnds: ['refunded'],
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.labelSold();
      const amount = await paid(stage);
      const refund = () => stage.refund('everything', amount);
      await Promise.all([
        stage.insist(refund, isDone),
        stage.draw.chance(0.5) ? refund() : undefined,
      ]);
    },
  }),
};

/** The buyer gets parts back, before the release and after it; the rest is the seller's. */
export const partialRefunds: Scenario = {
  name: 'partial-refund',
  weight: 2,
  plan: (draw: Random, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.labelSold();
      const whole = await paid(stage);
      const parts = stage.draw.between(1, 3);
      for (let index = 1; index <= parts; index += 1) {
        await stage.wait(stage.draw.between(0, 400_000));
        const amount = part(whole, stage.draw.between(1, 300));
        await stage.insist(() => stage.refund(`part-${index}`, amount), isDone);
      }
    },
  }),
};
