import { money } from '../../../src/money/money.ts';
import { isAnswered } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/**
 * A part of what is held is set aside for customs, asked for more than once and once for too much,
 * and paid from the bank before or after the rest is the seller's.
 */
export const duties: Scenario = {
  name: 'duties',
  weight: 2,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    const total = BigInt(request.amount.amountMinor);
    const part = (hundredths: number) =>
      money(request.amount.currency, (total * BigInt(hundredths)) / 100n);
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'expired'],
      calmEnds: ['settled'],
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.seen('FundsConverted');
        // Never just what the other leaves: a seller is to be left.
        const isLittle = stage.draw.chance(0.7);
        const amount = part(isLittle ? stage.draw.between(1, 29) : stage.draw.between(31, 40));
        const earmark = () => stage.earmark('customs', amount);
        await stage.wait(stage.draw.between(0, 300_000));
        const [kept] = await Promise.all([
          stage.insist(earmark, isAnswered),
          stage.draw.chance(0.4) ? earmark() : undefined,
          stage.draw.chance(0.3) ? stage.earmark('more', part(70)) : undefined,
        ]);
        const pays = ['customs', 'more'].map(async (key) => {
          await stage.wait(stage.draw.between(0, 1_000_000));
          await stage.insist(() => stage.payDuties(key), isAnswered);
          if (stage.draw.chance(0.3)) await stage.payDuties(key);
        });
        if (kept.status !== 'none') await Promise.all(pays);
      },
    };
  },
};
