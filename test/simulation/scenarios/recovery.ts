import { type Money, money } from '../../../src/money/money.ts';
import type { ApiAnswer } from '../system/api.ts';
import { RECOVERING_COUNTRY } from '../system/plant.ts';
import type { Stage } from '../system/stage.ts';
import { openAndPay } from './open-and-pay.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;
/** All trades of this scenario in a world have one seller, so that what one owes meets the next payout. */
const SELLER = 'acct_seller_of_many';

const isDone = ({ status }: ApiAnswer): boolean => status === 200;

/** What the buyer paid, as the API says it. */
async function paid(stage: Stage): Promise<Money> {
  const answer = await stage.insist(stage.get, isDone);
  const { payIn } = JSON.parse(answer.body) as { payIn: { currency: string; amountMinor: string } };
  return money(payIn.currency as Money['currency'], BigInt(payIn.amountMinor));
}

const thousandthsOf = ({ currency, amountMinor }: Money, thousandths: number): Money => {
  const share = (amountMinor * BigInt(thousandths)) / 1_000n;
  return money(currency, share > 0n ? share : 1n);
};

/**
 * The buyer gets money back after the seller was paid, in a corridor where debts are taken back of
 * transfers: sometimes the seller has paid it all out, and then later payouts pay less.
 */
export const recoveredByReversal: Scenario = {
  name: 'recovered-by-reversal',
  weight: 3,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, {
      ...{ sellerCountry: RECOVERING_COUNTRY, payoutAccountId: SELLER },
    }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'released', 'expired'],
    calmEnds: ['settled', 'released'],
    play: async (stage) => {
      if (!(await openAndPay(stage))) return;
      await stage.labelSold();
      await stage.insist(stage.accept, isDone);
      await stage.wait(stage.draw.between(60, 5 * DAY));
      const whole = await paid(stage);
      if (stage.draw.chance(0.3)) await stage.drainSeller(stage.draw.chance(0.7));
      const times = stage.draw.between(1, 2);
      for (let time = 1; time <= times; time += 1) {
        const amount = thousandthsOf(whole, stage.draw.between(1, 480));
        await stage.insist(() => stage.refund(`back-${time}`, amount), isDone);
        await stage.wait(stage.draw.between(0, DAY));
      }
    },
  }),
};

/**
 * A Korean seller is paid by a file for the bank and the trade is settled; days later the bank gives the
 * money back, and the trade is settled again once another account was named and paid.
 */
export const returnedAfterSettlement: Scenario = {
  name: 'returned-after-settlement',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { paidBy: 'bank' }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['settled', 'expired'],
    calmEnds: ['settled'],
    play: async (stage) => {
      await stage.nameBankAccount();
      stage.letBankReturn();
      await openAndPay(stage);
    },
  }),
};
