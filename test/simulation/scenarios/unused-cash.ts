import type { CurrencyCode } from '../../../src/money/currency.ts';
import { chargeBack, ENDS_OF_CHARGEBACK } from './chargebacks.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

const DAY = 86_400;

/** What a buyer can send to the provider by bank transfer, too. */
const TRANSFERABLE: readonly CurrencyCode[] = ['EUR', 'EUR', 'GBP', 'JPY', 'USD'];

/**
 * The buyer pays by card, and sends money by bank transfer as well; while that goes back, the bank
 * disputes the charge. What the bank takes is of the charge, and never of what was transferred.
 */
export const unusedCashAndChargeback: Scenario = {
  name: 'unused-cash-and-chargeback',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, {
      ...{ seller: 'regular', payInCurrency: draw.pick(TRANSFERABLE) },
    }),
    carrier: { journey: deliveredJourney(draw) },
    ...ENDS_OF_CHARGEBACK,
    play: async (stage) => {
      const opened = await stage.openForSure();
      if (opened.status !== 201 || (await stage.pay(opened)) === 'closed') return;
      const price = stage.price()?.amountMinor ?? 0n;
      const sent = (price * BigInt(stage.draw.pick([1, 40, 100, 130]))) / 100n || 1n;
      const { wait, draw: chance } = stage;
      await wait(chance.pick([0, chance.unit(), chance.between(0, 3 * DAY)]));
      const soon = () => wait(chance.pick([0, chance.unit(), chance.between(0, DAY)]));
      await Promise.all([
        soon().then(() => stage.transfer(opened, sent)),
        soon().then(() => chargeBack(stage)),
      ]);
    },
  }),
};
