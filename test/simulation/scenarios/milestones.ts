import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const WINDOWS_SECONDS = [0, 60, 3_600, 86_400, 604_800] as const;
const SHARES = [0.4, 0.25, 0.2, 0.15] as const;

/** Two to four milestones with inspections of different lengths; sometimes the buyer ends it early. */
export const milestones: Scenario = {
  name: 'milestones',
  weight: 1,
  plan: (draw, ordinal) => {
    const request = tradeRequest(draw, ordinal);
    return {
      request: { ...request, milestones: parts(request.amount, draw.between(2, 4), draw.pick) },
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'expired'],
      calmEnds: ['settled'],
      play: async (stage) => {
        if (!(await openAndPay(stage))) return;
        await stage.labelSold();
        if (!stage.draw.chance(0.4)) return;
        await stage.wait(stage.draw.between(0, 500_000));
        await stage.insist(stage.accept, ({ status }) => status === 200);
      },
    };
  },
};

/** Parts that sum to the amount to the last minor unit. */
function parts(
  { currency, amountMinor }: { readonly currency: 'USD' | string; readonly amountMinor: string },
  count: number,
  pick: <T>(items: readonly T[]) => T,
) {
  const total = Number(amountMinor);
  const shares = SHARES.slice(0, count - 1).map((share) => Math.floor(total * share));
  const rest = total - shares.reduce((sum, share) => sum + share, 0);
  return [...shares, rest].map((minor, index) => ({
    milestoneId: `part-${index + 1}`,
    amount: { currency: currency as 'USD', amountMinor: String(minor) },
    inspectionPeriodSeconds: pick(WINDOWS_SECONDS),
  }));
}
