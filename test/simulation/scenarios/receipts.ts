import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** A refund of what came by bank waits for finance, which finds it among the dead letters. */
const BY_BANK = ['refund.by_bank'];

/** The buyer's money comes to the bank, in one receipt or two, sometimes too much of it. */
export const identifiedReceipt: Scenario = {
  name: 'identified-receipt',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    deadLetterCodes: BY_BANK,
    play: async (stage) => {
      const opened = await stage.openForSure();
      if (opened.status !== 201) return;
      const due = stage.price()?.amountMinor ?? 0n;
      const first = stage.draw.chance(0.5) ? due : due / 2n;
      await stage.wait(stage.draw.between(1, 300));
      await stage.receive('a', first);
      const extra = BigInt(stage.draw.pick([0, 0, 77]));
      if (due - first + extra > 0n) await stage.receive('b', due - first + extra);
    },
  }),
};

/** A receipt that is not enough, or comes beside a payment at the provider, goes back by bank. */
export const receiptBeside: Scenario = {
  name: 'receipt-beside',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled', 'expired'],
    deadLetterCodes: BY_BANK,
    play: async (stage) => {
      const isPaid = stage.draw.chance(0.5);
      if (isPaid) await openAndPay(stage, stage.draw.between(5, 300));
      else await stage.openForSure();
      const due = stage.price()?.amountMinor ?? 0n;
      await stage.receive('a', due / 3n + 1n);
    },
  }),
};
