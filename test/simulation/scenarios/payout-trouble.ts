import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;

/**
 * The seller's account can't receive transfers, from the start or from some moment on, and can again
 * days later: whatever failed meanwhile is paid once.
 */
export const payoutBlocked: Scenario = {
  name: 'payout-blocked',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      await stage.restrictSeller(true);
      await openAndPay(stage);
      await stage.wait(stage.draw.between(3_600, 12 * DAY));
      await stage.restrictSeller(false);
      if (!stage.draw.chance(0.3)) return;
      await stage.wait(stage.draw.between(0, DAY));
      await stage.restrictSeller(true);
      await stage.wait(stage.draw.between(0, DAY));
      await stage.restrictSeller(false);
    },
  }),
};

/**
 * A Korean seller, paid by a file for the bank, which debits it, refuses it or gives it back; then
 * another account is named, and the seller is paid once. Some name their first account late.
 */
export const paidByBank: Scenario = {
  name: 'paid-by-bank',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { paidBy: 'bank' }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      const isLate = stage.draw.chance(0.3);
      if (!isLate) await stage.nameBankAccount();
      await openAndPay(stage);
      if (!isLate) return;
      await stage.wait(stage.draw.between(DAY, 20 * DAY));
      await stage.nameBankAccount();
    },
  }),
};

const dollars = (minor: number) => ({ currency: 'USD' as const, amountMinor: String(minor) });

/**
 * A part that is too little to be paid by itself goes with the seller's next payout. Where both are
 * released at once and the larger is paid first, it waits for a trade to come.
 */
export const smallPayouts: Scenario = {
  name: 'small-payouts',
  weight: 1,
  plan: (draw, ordinal) => {
    const sample = draw.between(100, 60_000);
    const rest = draw.between(80_000, 900_000);
    const amount = dollars(sample + rest);
    const milestones = [
      { milestoneId: 'sample', amount: dollars(sample), inspectionPeriodSeconds: 0 },
      { milestoneId: 'rest', amount: dollars(rest), inspectionPeriodSeconds: DAY },
    ];
    return {
      request: { ...tradeRequest(draw, ordinal, { amount, sellerCountry: 'JP' }), milestones },
      carrier: { journey: deliveredJourney(draw) },
      ends: ['settled', 'released', 'expired'],
      calmEnds: ['settled', 'released'],
      play: async (stage) => {
        if (!(await openAndPay(stage)) || !stage.draw.chance(0.3)) return;
        await stage.seen('ShipmentBooked');
        await stage.wait(stage.draw.between(0, DAY));
        await stage.accept();
      },
    };
  },
};
