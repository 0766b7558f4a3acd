import type { CurrencyCode } from '../../../src/money/currency.ts';
import { add, money } from '../../../src/money/money.ts';
import type { Random } from '../engine/random.ts';
import { isAnswered, type Stage } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import { paid, part } from './refunds.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, type TradeRequest, tradeRequest } from './trade-request.ts';

const DAY = 86_400;
const HUNDRED = 100n;
const PAY_IN: readonly CurrencyCode[] = ['KWD', 'KWD', 'KWD', 'EUR', 'USD'];
const KEY = 'leaking';

/** Worth whole tens of fils, in parts that are not. */
function dinars(draw: Random, ordinal: number): TradeRequest {
  const amount = {
    currency: 'KWD',
    amountMinor: String(draw.between(3_000, 600_000) * 10),
  } as const;
  const payInCurrency = draw.pick(PAY_IN);
  const route = draw.chance(0.3) ? ({ paidBy: 'bank' } as const) : ({ seller: 'regular' } as const);
  const request = tradeRequest(draw, ordinal, { amount, payInCurrency, ...route });
  if (draw.chance(0.5)) return request;
  const milestones = [3_333, 6_667].map((shareBasisPoints, index) => ({
    ...{ milestoneId: `part-${index + 1}`, shareBasisPoints },
    inspectionPeriodSeconds: index * DAY,
  }));
  return { ...request, milestones };
}

/** A refund of single fils, which no card can move, and then of tens. */
async function refund(stage: Stage): Promise<void> {
  const whole = await paid(stage);
  const tens = part(whole, stage.draw.between(1, 400));
  const odd = add(tens, money(whole.currency, BigInt(stage.draw.between(1, 9))));
  await stage.insist(() => stage.refund('odd', odd), isAnswered);
  await stage.insist(() => stage.refund('tens', tens), isAnswered);
}

/** Whatever share the arbitrator awards, to the fils. */
async function award(stage: Stage, { amount }: TradeRequest): Promise<void> {
  const disputed = await stage.insist(() => stage.dispute(KEY), isAnswered);
  if (disputed.status !== 200) return;
  const hundredths = BigInt(stage.draw.between(0, 100));
  const toBuyer = money(amount.currency, (BigInt(amount.amountMinor) * hundredths) / HUNDRED);
  await stage.wait(stage.draw.between(0, 10 * DAY));
  await stage.insist(() => stage.decide(KEY, toBuyer), isAnswered);
}

/**
 * A trade in dinars, whose thousandths no card moves: what is charged, given back and transferred is
 * whole tens of fils, and the rest waits for the seller's next payout. The bank pays to the last fils.
 */
export const threeDecimal: Scenario = {
  name: 'three-decimal',
  weight: 2,
  plan: (draw, ordinal) => {
    const request = dinars(draw, ordinal);
    const ending = draw.pick(['paid', 'refund', 'award'] as const);
    return {
      request,
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'refunded', 'released', 'expired'],
      calmEnds: ['settled', 'refunded', 'released'],
      play: async (stage) => {
        await stage.nameBankAccount();
        if (!(await openAndPay(stage)) || ending === 'paid') return;
        await stage.labelSold();
        await stage.wait(stage.draw.between(0, 5 * DAY));
        await (ending === 'refund' ? refund(stage) : award(stage, request));
      },
    };
  },
};
