import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money } from '../../../src/money/money.ts';
import { isAnswered, type Stage } from '../system/stage.ts';
import { paid } from './refunds.ts';
import type { Scenario } from './scenario.ts';
import { deliveredJourney, tradeRequest } from './trade-request.ts';

/** What a buyer can send to the provider by bank transfer. */
const TRANSFERABLE: readonly CurrencyCode[] = ['EUR', 'EUR', 'GBP', 'JPY', 'USD'];
/** Thousandths of the price that go back: all of it, or parts one after the other or at once. */
const PARTS: readonly (readonly number[])[] = [[1_000], [300, 700], [250, 250], [120]];

/** Opens the trade and sends the whole price by transfer; false where that came too late. */
async function openAndTransfer(stage: Stage): Promise<boolean> {
  const opened = await stage.openForSure();
  if (opened.status !== 201) return false;
  await stage.wait(stage.draw.between(5, 300));
  const due = stage.price()?.amountMinor ?? 0n;
  return (await stage.transfer(opened, due)) === 'paid';
}

/**
 * What a bank transfer has paid goes back to the buyer's cash balance at the provider, and from there to
 * the buyer: all of it, or several parts of one trade.
 */
export const creditedRefund: Scenario = {
  name: 'credited-refund',
  weight: 1,
  plan: (draw, ordinal) => ({
    request: tradeRequest(draw, ordinal, { payInCurrency: draw.pick(TRANSFERABLE) }),
    carrier: { journey: deliveredJourney(draw) },
    ends: ['refunded', 'settled', 'expired'],
    calmEnds: ['refunded', 'settled'],
    play: async (stage) => {
      if (!(await openAndTransfer(stage))) return;
      await stage.labelSold();
      const { currency, amountMinor } = await paid(stage);
      const isInTurn = stage.draw.chance(0.5);
      const refunds: Promise<unknown>[] = [];
      let leftMinor = amountMinor;
      for (const [index, thousandths] of stage.draw.pick(PARTS).entries()) {
        const share = (amountMinor * BigInt(thousandths)) / 1_000n || 1n;
        // The last of the parts of a whole is what is left, to the minor unit.
        const minor = leftMinor - share <= 1n ? leftMinor : share;
        leftMinor -= minor;
        const asked = stage.insist(
          () => stage.refund(`part-${index}`, money(currency, minor)),
          isAnswered,
        );
        refunds.push(asked);
        if (isInTurn) await asked;
      }
      await Promise.all(refunds);
    },
  }),
};
