import { money } from '../../../src/money/money.ts';
import { isAnswered, type Stage } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, type TradeRequest, tradeRequest } from './trade-request.ts';

const KEY = 'damaged';

/** So many hundredths of the trade, for the buyer. */
export const share = ({ amount }: TradeRequest, hundredths: number) =>
  money(amount.currency, (BigInt(amount.amountMinor) * BigInt(hundredths)) / 100n);

/** How a dispute ends: an arbitrator splits, the buyer takes it back, or nobody says anything. */
async function endIt(stage: Stage, request: TradeRequest): Promise<void> {
  const end = stage.draw.unit();
  if (end < 0.3) return;
  await stage.wait(stage.draw.between(0, 900_000));
  if (end < 0.5) await stage.insist(() => stage.withdraw(KEY), isAnswered);
  else {
    const toBuyer = share(request, stage.draw.pick([0, 1, 37, 100]));
    const decide = () => stage.insist(() => stage.decide(KEY, toBuyer), isAnswered);
    await Promise.all([decide(), stage.draw.chance(0.3) ? stage.withdraw(KEY) : undefined]);
  }
}

/** The buyer disputes while the goods travel or are inspected, perhaps as somebody accepts them. */
export const dispute: Scenario = {
  name: 'dispute',
  weight: 2,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'refunded', 'expired'],
      calmEnds: ['settled', 'refunded'],
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.labelSold();
        await stage.wait(stage.draw.between(0, 400_000));
        const [disputed] = await Promise.all([
          stage.insist(() => stage.dispute(KEY), isAnswered),
          stage.draw.chance(0.3) ? stage.accept() : undefined,
          stage.draw.chance(0.3) ? stage.dispute(KEY) : undefined,
        ]);
        if (disputed.status === 200) await endIt(stage, request);
      },
    };
  },
};
